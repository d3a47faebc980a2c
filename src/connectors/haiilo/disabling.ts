import type { Disabling } from '../../model/reading.ts';
import type { HaiiloConfig } from './schema.ts';

/** What becomes of an account that is disabled, as far as the config knows. */
export function disablingOf(config: HaiiloConfig): Disabling | undefined {
  const accepted = config.deactivationDeletes === 'accepted';
  if (config.product === 'advocacy') return accepted ? 'deletes' : { refused: advocacyDeletes };
  if (config.deactivateVia === 'rest' || config.deprovisionPolicy === 'deactivate') return undefined;
  if (config.deprovisionPolicy === undefined) return { refused: policyUnknown };
  return accepted ? 'deletes' : { refused: policyDeletes };
}

/** What `connection test` says of it. */
export function notesOn(config: HaiiloConfig): readonly string[] {
  const disabling = disablingOf(config);
  if (disabling === undefined) return [];
  if (disabling !== 'deletes') return [`no account is disabled: ${disabling.refused}`];
  return ['disabling an account deletes it for good, without recovery; the config accepts that'];
}

const advocacyDeletes =
  'Haiilo Advocacy deletes whoever is deactivated, for good and without recovery; accept that with deactivationDeletes: accepted in the config of the connection';
const policyDeletes =
  'the deprovision policy of the user directory deletes them; choose deactivate in Haiilo, or deactivateVia: rest, or accept it with deactivationDeletes: accepted in the config of the connection';
const policyUnknown =
  'the deprovision policy of the user directory decides whether they are deactivated or deleted; write deprovisionPolicy: deactivate or delete in the config of the connection, as it is set in Haiilo';

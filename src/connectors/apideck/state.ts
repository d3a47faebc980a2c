import { Stalled } from '../../model/error.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Asking } from './refusals.ts';

/** True when the unified API can be called for this connection (Vault guide "Connection states"). */
export function isCallable(connection: JsonObject | undefined): boolean {
  return connection?.['state'] === 'callable' && connection['enabled'] !== false;
}

/**
 * Why the connection cannot be called, or soon cannot, each with the way out. Nothing of its settings is looked at: they
 * hold secrets.
 */
export function troubles(connection: JsonObject | undefined, asking: Asking): readonly string[] {
  const { serviceId } = asking;
  if (connection === undefined) {
    return [
      `the application has no integration ${serviceId} for HRIS; enable it in Apideck, or correct serviceId`,
    ];
  }
  return [
    stateOf(connection, asking),
    connection['enabled'] === false
      ? `the connection to ${serviceId} is disabled; enable it in the Vault`
      : '',
    integrationOf(connection, serviceId),
    consentOf(connection, asking),
    healthOf(connection, asking),
  ].filter((one) => one !== '');
}

/** Stops a pass before it asks for anybody. */
export function refuseUncallable(connection: JsonObject | undefined, asking: Asking): void {
  if (isCallable(connection)) return;
  const why = troubles(connection, asking).join('; ');
  throw new Stalled('NotConnected', `connection ${asking.connection}: ${why}`, {
    connection: asking.connection,
  });
}

function stateOf({ state }: JsonObject, { connection, serviceId }: Asking): string {
  const why = new Map<unknown, string>([
    ['callable', ''],
    ['available', `nobody has authorised ${serviceId} for this consumer yet`],
    ['added', `nobody has authorised ${serviceId} for this consumer yet`],
    [
      'authorized',
      `${serviceId} is authorised and needs configuration: its settings in the Vault are not complete`,
    ],
    ['invalid', `${serviceId} does not take what it was authorised with any more`],
  ]).get(state);
  if (why === '') return '';
  return `${why ?? `the connection to ${serviceId} is in a state that is not known here`}; run: rosterd connection connect ${connection}`;
}

function integrationOf({ integration_state: state }: JsonObject, serviceId: string): string {
  if (state === 'needs_configuration')
    return `the integration ${serviceId} needs configuration in Apideck (OAuth client id and secret, scopes)`;
  return state === 'disabled' ? `the integration ${serviceId} is disabled in Apideck; enable it there` : '';
}

function consentOf({ consent_state: state }: JsonObject, { connection, serviceId }: Asking): string {
  const lacking = ['pending', 'denied', 'revoked', 'requires_reconsent'];
  if (typeof state !== 'string' || !lacking.includes(state)) return '';
  return `consent to the data scopes of ${serviceId} is lacking (${state}); give it in the Vault: rosterd connection connect ${connection}`;
}

function healthOf({ health }: JsonObject, { connection, serviceId }: Asking): string {
  if (health === 'pending_refresh')
    return `Apideck could not refresh what ${serviceId} was authorised with, and forgets it if that goes on; run: rosterd connection connect ${connection}`;
  return health === 'missing_settings' ? `settings of ${serviceId} are missing in the Vault` : '';
}

/** Top-level fields that the application's data scopes let nobody read; none where they are off ("Data Scopes"). */
export function hiddenByScopes(connection: JsonObject, properties: readonly string[]): readonly string[] {
  const scopes = connection['application_data_scopes'];
  if (!isObject(scopes) || scopes['enabled'] !== true || !isObject(scopes['resources'])) return [];
  const { 'hris.employees': fields } = scopes['resources'];
  const readable = new Set(
    Object.entries(isObject(fields) ? fields : {})
      .filter(([, right]) => isObject(right) && right['read'] === true)
      .map(([path]) => path.replace(/[[.].*$/s, '')),
  );
  return properties.filter((one) => !readable.has(one));
}

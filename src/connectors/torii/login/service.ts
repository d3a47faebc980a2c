import { Stalled } from '../../../model/error.ts';
import type { ConnectorContext } from '../../connector.ts';
import { fieldsOf, type Field } from '../../scim/fields.ts';
import { scimConfig } from '../../scim/schema.ts';
import type { Service } from '../../scim/service.ts';
import { shapeOf } from '../../scim/shape.ts';
import { pick, type User } from '../../scim/user.ts';
import { versionHeader } from '../client.ts';
import type { ToriiConfig } from '../schema.ts';

/** What Torii's SCIM users have, by its document; `emails` repeats the userName, which never changes. */
export function loginFields({ baseUrl }: ToriiConfig): ReadonlyMap<string, Field> {
  const attributes = ['userName', 'name.givenName', 'name.familyName', 'userType'];
  return fieldsOf(scimConfig.parse({ baseUrl, profile: { userNameMutable: false, attributes } }));
}

/** Whether the user has a role that nobody may touch. */
export function isProtected(user: User, { protectedRoles }: ToriiConfig['scim']): boolean {
  const role = pick(user, 'userType');
  return typeof role === 'string' && protectedRoles.includes(role);
}

/** None that begins inactive: it could not be found again by its name when its answer was lost. */
const abilities = { create: true, update: true, enable: true, disable: true, delete: true };

/** Torii's SCIM service: its own key and limit, and where it differs from the standards. */
export function openLogins(context: ConnectorContext<ToriiConfig>): Service {
  const { config, connection, clock, secrets } = context;
  const { scimKey } = secrets;
  if (scimKey === undefined) {
    const message = `connection ${connection}: the credential scimKey is missing; make one in Torii (Settings > Security)`;
    throw new Stalled('CredentialMissing', message, { connection });
  }
  const fields = loginFields(config);
  const client = context.http({
    baseUrl: `${config.baseUrl.replace(/\/+$/, '')}/scim/v2`,
    headers: { accept: 'application/scim+json, application/json', ...versionHeader },
    auth: { kind: 'header', name: 'authorization', secret: scimKey, prefix: 'Bearer ' },
    limits: [{ requests: 200, perMs: 60_000 }],
  });
  return {
    connection,
    clock,
    client,
    fields,
    shape: shapeOf('Torii', fields, abilities),
    account: connection,
    list: { pageSize: config.scim.pageSize, hidesInactive: false, asksAttributes: false },
    filterable: new Set(['userName']),
    enablesBy: 'post',
    ours: () => Promise.resolve((user: User) => isProtected(user, config.scim)),
    discover: () => Promise.resolve([]),
    close: () => client.close(),
  };
}

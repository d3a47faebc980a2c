import { restConfig, type RestConfig } from '../../rest/schema.ts';
import { attributesOf } from '../attributes.ts';
import type { ApiConfig, TalosConfig } from '../schema.ts';

/** The attribute whose property holds an id where people use a name. */
export const adminGroup = 'adminGroup';

/**
 * The API as a declared one. `whole`: a user is changed by sending all of it, which wipes what is left out or empty; else by
 * what changes alone, of which what is empty is ignored (help centre, article 462874).
 */
export function declared(config: TalosConfig, api: ApiConfig, whole: boolean): RestConfig {
  const { baseUrl, auth, limits, users, id, active, readOnly, adminGroups, welcomeMail } = api;
  const attributes = attributesOf(config);
  const one = `${users}/{id}`;
  const parameterOf = (name: string) =>
    attributes.find((attribute) => attribute.name === name)?.property ?? name;
  const update = whole
    ? { method: 'POST', path: one, whole: true, leaveOut: [id, ...readOnly] }
    : { method: 'PATCH', path: one };
  return restConfig.parse({
    baseUrl,
    auth: { kind: 'header', name: auth.header, prefix: auth.prefix },
    limits,
    list: api.list ?? listOf(users),
    record: {
      id: path(id),
      active: { path: path(active), is: [true] },
      attributes: Object.fromEntries(
        attributes.map(({ name, property, type, class: dataClass, flags }) => [
          name,
          {
            path: path(property),
            type: name === adminGroup && adminGroups.numeric ? 'int' : type,
            class: dataClass,
            ...flags,
            ...(type === 'text' && !(name === adminGroup && adminGroups.numeric)
              ? { compare: name === 'email' ? ['trim', 'lower'] : ['trim'] }
              : {}),
            write: 'always',
          },
        ]),
      ),
    },
    errors: { message: ['message', 'error.message', 'error', 'errors', 'errors[].message'] },
    find: {
      id: { path: one },
      employeeId: { parameter: parameterOf('employeeId') },
      email: { parameter: parameterOf('email') },
    },
    write: {
      create: {
        method: 'POST',
        path: users,
        id: path(id),
        body: welcomeMail === undefined ? {} : { [welcomeMail]: true },
      },
      update,
      disable: { method: 'PATCH', path: one, body: { [active]: false } },
      enable: { method: 'PATCH', path: one, body: { [active]: true } },
    },
    probe: [{ path: adminGroups.path, needs: 'the right to read admin groups, by which names become ids' }],
  });
}

/** Our guess at how users are listed. */
function listOf(users: string) {
  return {
    path: users,
    query: { includeDeactivated: true },
    records: 'users',
    paging: {
      kind: 'page',
      parameter: 'page',
      size: { parameter: 'pageSize', value: 100 },
      total: 'total',
    },
  };
}

/** One name, whatever stands in it. */
function path(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `["${name}"]`;
}

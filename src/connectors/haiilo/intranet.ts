import { RefusedStatus } from '../../http/errors.ts';
import type { HttpClient } from '../../http/client.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Shape } from '../../model/reading.ts';
import type { ConnectorContext } from '../connector.ts';
import { byName, fieldsOf, savedField, type Field } from '../scim/fields.ts';
import { accountAt } from '../scim/service.ts';
import { shapeOf, withDisabling } from '../scim/shape.ts';
import { pick, type User } from '../scim/user.ts';
import { openIntranet, openRest } from './client.ts';
import { disablingOf, notesOn } from './disabling.ts';
import { declaredFields, discoverProfileFields } from './profile-fields.ts';
import { isSameUser, ownUser } from './rest.ts';
import type { IntranetConfig } from './schema.ts';
import type { Haiilo } from './service.ts';

/** Haiilo Home, Intranet: a SCIM user directory, with the REST API beside it where the config wants that. */
export function openIntranetService(context: ConnectorContext<IntranetConfig>): Haiilo {
  const { config, connection, clock } = context;
  const client = openIntranet(context);
  const rest = config.deactivateVia === 'rest' ? openRest(context) : undefined;
  const fields = intranetFields(config, context.fields);
  return {
    service: {
      connection,
      clock,
      client,
      fields,
      shape: intranetShape(config, fields),
      account: accountAt(config.baseUrl),
      list: { pageSize: config.pageSize, hidesInactive: config.listHidesInactive, asksAttributes: false },
      // Which operators and attributes filters take is not published: these are what every provider needs.
      filterable: new Set(['userName', 'externalId']),
      enablesBy: 'patch',
      discover: (signal) => discoverProfileFields(client, signal),
      ...(rest === undefined ? {} : { ours: onlyOnce((signal) => whoWeAre(rest, connection, signal)) }),
      examine: async (signal) => ({
        missing: rest === undefined ? [] : await missingOf(rest, connection, signal),
        notes: notesOn(config),
      }),
      async close() {
        await client.close();
        await rest?.close();
      },
    },
    way: rest === undefined ? { kind: 'scim', deletesBy: 'delete' } : { kind: 'rest', client: rest },
  };
}

export function intranetFields(
  config: IntranetConfig,
  saved: readonly AttributeSpec[] = [],
): ReadonlyMap<string, Field> {
  const { userNameMutable, attributes } = config;
  const standard = fieldsOf({
    extensions: [],
    profile: {
      userNameMutable,
      ...(attributes === undefined ? {} : { attributes }),
    },
  });
  return byName([...standard.values(), ...declaredFields(config), ...saved.flatMap(savedField)]);
}

function intranetShape(config: IntranetConfig, fields: ReadonlyMap<string, Field>): Shape {
  const isKept = config.deactivateVia === 'scim' && config.deprovisionPolicy === 'deactivate';
  const abilities = {
    create: true,
    // Elsewhere an account that Haiilo makes active all the same could only be closed by what may delete it.
    ...(isKept ? { createDisabled: true } : {}),
    update: true,
    enable: true,
    disable: true,
    delete: config.deactivateVia === 'rest' || config.deprovisionPolicy === 'delete',
  };
  return withDisabling(shapeOf('Haiilo Intranet', fields, abilities), disablingOf(config));
}

/** The person with whose login the REST API is used: without it nobody could be activated again. */
async function whoWeAre(
  rest: HttpClient,
  connection: string,
  signal: AbortSignal,
): Promise<(user: User) => boolean> {
  const me = await ownUser(rest, connection, signal);
  return (user) => pick(user, 'id') === pick(me, 'id') || isSameUser(me, user);
}

/** The answer of the first who asks, for everybody; a failure is nobody's answer. */
function onlyOnce<T>(ask: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let answer: Promise<T> | undefined;
  return (signal) => {
    answer ??= ask(signal).catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}

async function missingOf(
  rest: HttpClient,
  connection: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    await ownUser(rest, connection, signal);
    return [];
  } catch (error) {
    if (!(error instanceof RefusedStatus)) throw error;
    const { status } = error;
    return [
      `the REST API refuses the login of "username" (${String(status)}); it needs the right to manage users`,
    ];
  }
}

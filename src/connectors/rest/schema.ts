import { z } from 'zod';
import { isTimeZone } from '../../model/time-zone.ts';
import { authSchema } from './schema/auth.ts';
import { conditionSchema, headersSchema, pathSchema, quotaSchema, writtenPath } from './schema/parts.ts';
import { recordSchema } from './schema/record.ts';
import { accountSchema, findSchema, listSchema, probeSchema, writeSchema } from './schema/requests.ts';

/**
 * A system with a JSON API, as its spec declares it: requests, paging, where things stand, what an error is. There is no
 * code in it and no text that is put together: values go into bodies by path, into addresses encoded.
 */
export const restConfig = z
  .strictObject({
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .describe('Address of the API; every path is below it, and the credentials go nowhere else'),
    auth: authSchema,
    headers: headersSchema.describe('Sent with every request'),
    limits: z
      .array(z.strictObject({ requests: z.int().min(1), perSeconds: z.number().positive().max(86_400) }))
      .default([])
      .describe('How many requests the system takes in how many seconds'),
    quota: quotaSchema.optional(),
    timezone: z
      .string()
      .refine(isTimeZone, 'not a time zone of the IANA list, such as Europe/Berlin')
      .default('UTC')
      .describe('The zone in which a moment is a date, where the API sends moments for dates'),
    list: listSchema.describe('The request that lists everybody'),
    record: recordSchema.describe('What one record of the list is'),
    errors: z
      .strictObject({
        when: z
          .array(conditionSchema)
          .default([])
          .describe('An answer for which one of these holds is an error, also with status 200'),
        message: z.array(pathSchema).default(['message', 'error.message', 'error']),
      })
      .prefault({})
      .describe('What an error looks like in the body of an answer'),
    find: findSchema,
    write: writeSchema.optional(),
    account: accountSchema.optional().describe('The request that says which remote account this is'),
    probe: z
      .array(probeSchema)
      .default([])
      .describe(
        'Requests that `connection test` tries besides the list, each with what must be granted for it',
      ),
  })
  .superRefine((config, context) => {
    for (const { path, message } of faultsOf(config))
      context.addIssue({ code: 'custom', path: [...path], message });
  });

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

type Declared = Pick<z.infer<typeof restConfig>, 'list' | 'record' | 'find' | 'write'>;

/** What each part allows and the parts together do not. */
function faultsOf({ list, record, find, write }: Declared): readonly Fault[] {
  const faults: Fault[] = [];
  const wrong = (message: string, ...path: readonly string[]) => faults.push({ path, message });
  for (const [name, how] of Object.entries(find)) {
    const spec = record.attributes[name];
    if (name !== 'id' && spec === undefined)
      wrong('no attribute of record.attributes has this name', 'find', name);
    if (spec?.from === 'single')
      wrong('only single records have it, so that no list can be narrowed by it', 'find', name);
    if (spec?.writeOnly === true) wrong('it is never read, so that nobody can be found by it', 'find', name);
    if ('parameter' in how && how.in === 'body') {
      if ((how.list ?? list).method === 'GET')
        wrong('a GET has no body; say `in: query`', 'find', name, 'in');
      if (!writtenPath.safeParse(how.parameter).success) {
        wrong('in a body: names with dots between them', 'find', name, 'parameter');
      }
    }
  }
  for (const [name, { from }] of Object.entries(record.attributes)) {
    if (from === 'single' && record.single === undefined) {
      wrong('say with record.single how one record is asked for', 'record', 'attributes', name, 'from');
    }
  }
  const written = Object.entries(record.attributes).filter(([, one]) => one.write !== undefined);
  if (write === undefined) {
    const [first] = written;
    if (first !== undefined) {
      wrong('nothing can be written: "write" is missing', 'record', 'attributes', first[0], 'write');
    }
    return faults;
  }
  for (const [name, { path = name, sent }] of written) {
    if (sent === undefined && !writtenPath.safeParse(path).success) {
      const message = 'a path with brackets cannot be written; say where it stands in bodies with "sent"';
      wrong(message, 'record', 'attributes', name, 'write');
    }
  }
  for (const kind of ['disable', 'enable'] as const) {
    const request = write[kind];
    if (request === undefined) continue;
    if (record.active === undefined) wrong('say with record.active how it shows', 'write', kind);
    if (request.method === 'DELETE' && request.carries)
      wrong('a DELETE carries nothing', 'write', kind, 'carries');
  }
  if (write.create?.disabled !== undefined && record.active === undefined) {
    wrong('say with record.active how it shows', 'write', 'create', 'disabled');
  }
  if (write.update?.whole === true && !(find['id'] !== undefined && 'path' in find['id'])) {
    wrong(
      'the record is read first: say with find.id how, by a path that holds {id}',
      'write',
      'update',
      'whole',
    );
  }
  return faults;
}

export type RestConfig = z.infer<typeof restConfig>;

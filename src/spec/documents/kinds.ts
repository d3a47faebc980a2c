import type { z } from 'zod';
import { approvalSchema } from './approval.ts';
import { channelSchema } from './channel.ts';
import { connectionSchema } from './connection.ts';
import { fieldsSchema } from './fields.ts';
import { filterSchema } from './filter.ts';
import { linksSchema } from './links.ts';
import { lookupSchema } from './lookup.ts';
import { mappingSchema } from './mapping.ts';
import { scheduleSchema } from './schedule.ts';
import { syncSchema } from './sync.ts';

/** Every kind of document, in the order of the reference. */
export const documentSchemas = {
  Connection: connectionSchema,
  Sync: syncSchema,
  Mapping: mappingSchema,
  Filter: filterSchema,
  Schedule: scheduleSchema,
  Lookup: lookupSchema,
  Channel: channelSchema,
  Approval: approvalSchema,
  Links: linksSchema,
  Fields: fieldsSchema,
} as const;

export type Kind = keyof typeof documentSchemas;

/** What a document of this kind says, checked. */
export type DocumentOf<K extends Kind> = z.infer<(typeof documentSchemas)[K]>;

export const kinds = Object.keys(documentSchemas) as readonly Kind[];

/** Kinds of a later release: refused as `spec/not-yet`, saying what to do instead. */
export const laterKinds: ReadonlyMap<string, string> = new Map([
  ['MappingTest', 'try mappings with `rosterd plan` and `rosterd explain`'],
]);

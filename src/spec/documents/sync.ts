import { z } from 'zod';
import { entities } from '../../model/entity.ts';
import { parseDuration } from '../duration.ts';
import { attributesSchema, copySchema, identitySchema } from './attribute-mapping.ts';
import { newsSchema } from './channel.ts';
import { documentSchema, durationSchema, expressionSchema, nameSchema, suspendSchema } from './document.ts';
import { whoSchema } from './filter.ts';
import { limitsSchema } from './limits.ts';
import { scheduleSpecSchema } from './schedule.ts';
import { thenSchema } from './then.ts';
import { referenceSchema } from './via.ts';
import { welcomeSchema } from './welcome.ts';

const directionSchema = z.strictObject({
  from: nameSchema.describe('The connection that is read: the source.'),
  to: nameSchema.describe('The connection that is written: the target.'),
  twoWayWith: nameSchema
    .optional()
    .describe(
      'The sync of the other direction, which leads: both share their links, and what one has written does not come back through the other. Said in one of the two.',
    ),
});

const normalisationSchema = z.enum(['case', 'diacritics', 'digits']);

/** So long the store keeps whose a value was. */
const longestQuarantineMs = 730 * 24 * 3_600_000;

const matchSchema = z
  .object({
    accounts: z
      .enum(['active', 'any'])
      .default('active')
      .describe('Which accounts may be found; a deactivated one is not, unless `any`.'),
    normalise: z
      .union([z.array(normalisationSchema), z.record(z.string(), z.array(normalisationSchema))])
      .default([])
      .describe(
        'What does not count, on both sides, in texts: letters of either case, accents, everything but digits. A list for every attribute of the rule, or lists by attribute.',
      ),
  })
  .catchall(z.union([z.string().min(1), referenceSchema]));

const statusSchema = z.strictObject({
  value: expressionSchema.describe('Gives the status. Absent is undecided; a value not listed is an error.'),
  here: z.array(z.string()).min(1).describe('Values of people who are here.'),
  away: z.array(z.string()).default([]).describe('Values of people who are away.'),
  left: z.array(z.string()).default([]).describe('Values of people who have left.'),
});

const datesSchema = z.strictObject({
  starts: expressionSchema.optional().describe('The first day.'),
  lastDay: expressionSchema.optional().describe('The last day; the person has left when it ends.'),
  timezone: expressionSchema
    .optional()
    .describe('An IANA zone, or an expression that gives one. UTC when left out.'),
});

export const syncSchema = documentSchema(
  'Sync',
  z.strictObject({
    direction: directionSchema.describe('One flow: from the source to the target.'),
    entity: z
      .enum(entities)
      .default('person')
      .describe(
        'What flows: people, courses, or enrolments with their progress; what the connectors of both sides offer.',
      ),
    scope: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe("What we manage in the target, not what we see; keys are the connector's own."),
    mode: z
      .enum(['observe', 'create-only', 'upsert', 'full'])
      .optional()
      .describe(
        'observe writes nothing; create-only creates; upsert also updates and enables; full also disables and deletes. observe where it is left out; create-only with `direction.twoWayWith`.',
      ),
    precedence: z
      .int()
      .min(1)
      .optional()
      .describe(
        'Among syncs into one target: 1 decides first on an account that people of several stand for. An account never belongs to two of them.',
      ),
    suspend: suspendSchema.optional().describe('Stops this sync.'),
    schedule: z
      .union([nameSchema, scheduleSpecSchema])
      .optional()
      .describe('The name of a Schedule, or one written here. Only when asked where it is left out.'),
    who: whoSchema.default([]).describe('Who takes part: all must hold. Everybody when left out.'),
    identity: identitySchema.describe(
      'Written on create or adoption and matched first; another value there is disputed.',
    ),
    match: z
      .array(matchSchema)
      .default([])
      .describe(
        'Rules in order; the first that finds any account decides. Each is a map of target attributes and expressions, which must all be equal, and of the two keys below.',
      ),
    quarantine: durationSchema
      .refine((text) => (parseDuration(text) ?? 0) <= longestQuarantineMs, { error: 'must be at most 730d' })
      .default('180d')
      .describe(
        'So long a value by which people are matched (an e-mail address, a login) that belonged to another person of ours proves nothing; 0d for not at all.',
      ),
    mapping: nameSchema.optional().describe('The name of a Mapping whose attributes are added.'),
    mappings: z.array(nameSchema).default([]).describe('Names of Mappings whose attributes are added.'),
    attributes: attributesSchema,
    copy: copySchema,
    status: statusSchema
      .optional()
      .describe('Who is here, away or has left. Everybody read is here without it.'),
    dates: datesSchema.default({}).describe("Dates of a person's work, as plain dates."),
    // oxlint-disable-next-line unicorn/no-thenable -- the specs' word, never awaited
    then: thenSchema.prefault({}).describe('What happens to accounts of people who are not here.'),
    limits: limitsSchema.default({}).describe('How much may change at once; what goes over is held.'),
    onBreach: z
      .enum(['hold-class', 'hold-pass'])
      .default('hold-class')
      .describe('Hold the class that goes over a limit, or the whole pass.'),
    approval: z
      .enum(['never', 'on-breach', 'always'])
      .default('on-breach')
      .describe('When a person must approve what is held.'),
    protect: z
      .record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()])).min(1))
      .default({})
      .describe('Accounts that are never touched: target attribute and the values that protect.'),
    minimumActive: z
      .int()
      .min(0)
      .optional()
      .describe('Active accounts that must remain; a plan that would go below stops.'),
    welcome: welcomeSchema
      .optional()
      .describe(
        'A mail to everybody for whom an account is created; not in a first load, and not to people whose account is adopted.',
      ),
    notify: z
      .array(z.union([nameSchema, newsSchema]))
      .default([])
      .describe('Channels that are told: names, or written here.'),
  }),
).describe('One flow of people from one connection to another.');

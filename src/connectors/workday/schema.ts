import { z } from 'zod';
import type { AttributeSpec } from '../../model/attribute.ts';
import { classOfLabel } from '../class-of-label.ts';
import { highestClass, type DataClass, type ValueType } from '../../model/value.ts';
import { isTimeZone } from '../../model/time-zone.ts';
import { specOf, standards, type Standard } from './attributes.ts';
import { isPath } from './soap/path.ts';

const types = [
  'text',
  'int',
  'decimal',
  'bool',
  'date',
  'instant',
  'list<text>',
  'list<int>',
  'list<decimal>',
  'list<bool>',
] as const;

const facts = {
  type: z.enum(types).optional().describe('`text`, or what the standard attribute is'),
  class: z
    .enum(['public', 'internal', 'personal', 'sensitive'])
    .optional()
    .describe('For an attribute of your own; `personal`, or `sensitive` where its name says so'),
};

const attributeName = z
  .string()
  .refine(
    (name) => standards.some((one) => one.name === name) || /^custom\.\S/.test(name),
    'must be an attribute that the page of this connector lists, or begin with "custom."',
  );

const where = {
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .describe("The data centre's services, such as https://wd3-impl-services1.workday.com"),
  tenant: z
    .string()
    .regex(/^[A-Za-z0-9][\w-]*$/, 'must be the name of the tenant, as it stands in its addresses')
    .describe('The name of the tenant'),
};

const column = z.string().min(1);

/** A custom report, enabled as a web service (RaaS). */
const reportConfig = z.strictObject({
  api: z.literal('report'),
  ...where,
  report: z.strictObject({
    owner: z.string().min(1).describe('User name of the account that owns the report'),
    name: z.string().min(1).describe('Name of the report as it stands in its address: Rosterd_Workers'),
  }),
  auth: z
    .enum(['basic', 'oauth'])
    .default('basic')
    .describe('basic: username and password of the integration system user; oauth: a refresh token'),
  authorizeUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('For `rosterd connection connect`: the "Authorization Endpoint" of the API client'),
  prompts: z
    .record(z.string().min(1), z.string())
    .default({})
    .refine((prompts) => !Object.hasOwn(prompts, 'format'), 'the format is always json')
    .describe('Prompts of the report by their XML alias, `Worker_Type!WID` for an instance'),
  columns: z
    .record(
      attributeName,
      z.union([
        column,
        z.strictObject({
          column,
          ...facts,
          separator: z.string().min(1).default(';').describe('Between several values in one text'),
        }),
      ]),
    )
    .default({})
    .describe('XML aliases of columns by attribute, where they differ; `Group/Column` within a group'),
  complete: z
    .strictObject({
      atLeast: z.int().min(1).optional().describe('A report with fewer rows is no reading'),
      totalColumn: z
        .string()
        .min(1)
        .optional()
        .describe('A column that holds in every row how many rows the report has'),
    })
    .prefault({})
    .describe('What else shows that a report is whole; Workday gives no total'),
  timeoutSeconds: z
    .int()
    .min(10)
    .max(1800)
    .default(600)
    .describe('How long the report may take; Workday ends it at 30 min'),
  largestMegabytes: z.int().min(1).max(500).default(256).describe('A longer report is no reading'),
});

/** Workers by the SOAP operation Get_Workers of Human_Resources. */
const soapConfig = z.strictObject({
  api: z.literal('soap'),
  ...where,
  version: z
    .string()
    .regex(/^v(?:[3-9]\d)\.\d$/, 'must be v30.0 or later; older versions have another form')
    .default('v44.0')
    .describe('Version of the web service'),
  pageSize: z.int().min(1).max(999).default(100).describe('Workers asked for at once'),
  exclude: z
    .array(z.enum(['inactive', 'employees', 'contingent-workers']))
    .default([])
    .describe('Who is not read. Without `inactive`, leavers stay in the list, which is how they are told'),
  futureHires: z
    .boolean()
    .default(true)
    .describe('Hires to come are read as of their first day, when Workday has what they will be'),
  timezone: z
    .string()
    .refine(isTimeZone, 'not a time zone of the IANA list, such as Europe/Berlin')
    .default('UTC')
    .describe('Zone in which a day begins'),
  paths: z
    .record(
      attributeName,
      z.union([
        z.string().refine(isPath, 'not a path that can be read here; see the page of this connector'),
        z.strictObject({
          path: z.string().refine(isPath, 'not a path that can be read here; see the page of this connector'),
          ...facts,
        }),
      ]),
    )
    .default({})
    .describe('Where an attribute stands below Worker, where that differs or it is one of your own'),
  responseGroup: z
    .array(z.string().regex(/^Include_\w+$/, 'must be an Include_ flag of the Response_Group'))
    .default([])
    .describe('Asked for besides what the attributes in use need'),
});

export const configSchema = z.discriminatedUnion('api', [reportConfig, soapConfig]);

export type WorkdayConfig = z.output<typeof configSchema>;
export type ReportConfig = z.output<typeof reportConfig>;
export type SoapConfig = z.output<typeof soapConfig>;

/** An attribute, and where the way in use finds it. */
export interface Declared<Where> {
  readonly spec: AttributeSpec;
  readonly at: Where;
}

/** What the config says of one. */
export interface Said<Where> {
  readonly at: Where;
  /** As Workday calls it. */
  readonly key: string;
  readonly type?: ValueType | undefined;
  readonly class?: DataClass | undefined;
}

/** The standard attributes, moved where the config says so, and its own ones. No class is lowered. */
export function declaredIn<Where>(
  said: Readonly<Record<string, Said<Where>>>,
  usual: (standard: Standard) => Said<Where>,
): ReadonlyMap<string, Declared<Where>> {
  const known = standards.map((standard): Declared<Where> => {
    const {
      at,
      key,
      type = standard.type,
      class: of = standard.class,
    } = said[standard.name] ?? usual(standard);
    return { spec: { ...specOf(standard, key), type, class: highestClass([standard.class, of]) }, at };
  });
  const own = Object.entries(said)
    .filter(([name]) => name.startsWith('custom.'))
    .map(
      ([name, { at, key, type = 'text', class: of = classOfLabel(`${name} ${key}`) }]): Declared<Where> => {
        return { spec: { name, type, class: of, key, optional: true }, at };
      },
    );
  return new Map([...known, ...own].map((one) => [one.spec.name, one]));
}

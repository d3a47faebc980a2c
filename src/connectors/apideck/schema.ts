import { z } from 'zod';
import { isTimeZone } from '../../model/time-zone.ts';
import { habitsOf } from './services.ts';

export const statuses = ['active', 'inactive', 'terminated', 'other'] as const;

/** One connection of one consumer. What depends on the HR system behind Apideck is known for some, and may be said for any. */
export const configSchema = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://unify.apideck.com'),
  applicationId: z
    .string()
    .min(1)
    .describe('Id of the application in Apideck (header `x-apideck-app-id`); no secret.'),
  consumerId: z
    .string()
    .min(1)
    .describe('Whose connection it is: a name of your choice, kept when somebody connects anew.'),
  serviceId: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*$/, "not a service id of Apideck's catalogue, such as bamboohr or personio")
    .describe("The HR system behind Apideck, by its id in Apideck's catalogue: `bamboohr`, `personio`."),
  pageSize: z
    .int()
    .min(1)
    .max(200)
    .optional()
    .describe('Employees asked for at once; smaller where a page takes longer than 30 s.'),
  paging: z
    .enum(['cursor', 'none'])
    .default('cursor')
    .describe('`none` for a service that Apideck does not page: one answer is the whole list.'),
  alsoList: z
    .array(z.enum(statuses))
    .optional()
    .describe('Employment statuses that the plain list leaves out and that are listed by filter besides it.'),
  passThrough: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe('Parameters that Apideck hands to the HR system as they are.'),
  singly: z
    .array(z.string().min(1))
    .optional()
    .describe('Fields that only the single employee has, or has right; `*` for all of them.'),
  filters: z
    .array(z.enum(['email', 'employee_number']))
    .default([])
    .describe('Filters that the service supports, so that looking somebody up need not read everybody.'),
  checkTotal: z
    .boolean()
    .default(true)
    .describe('Whether a `total_count` must be the number of employees that came.'),
  tolerateWarnings: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Steps of Apideck that may fail without the answer being refused; what they bring is absent then.',
    ),
  timezone: z
    .string()
    .refine(isTimeZone, 'not a time zone of the IANA list, such as Europe/Berlin')
    .optional()
    .describe('Zone in which a date that comes as a moment is a day.'),
});

export type Config = z.output<typeof configSchema>;

/** The config with what is known of its service filled in. */
export interface Settled {
  readonly pageSize: number;
  readonly alsoList: readonly string[];
  readonly passThrough: Readonly<Record<string, string>>;
  readonly singly: readonly string[];
}

export function settled({ serviceId, pageSize, alsoList, passThrough, singly }: Config): Settled {
  const known = habitsOf(serviceId);
  return {
    pageSize: pageSize ?? known.pageSize ?? 200,
    alsoList: alsoList ?? known.alsoList ?? [],
    passThrough: passThrough ?? known.passThrough ?? {},
    singly: singly ?? known.singly ?? [],
  };
}

import { z } from 'zod';
import { isTimeZone } from '../../model/time-zone.ts';

/** What a connection to one company needs besides its key. Whatever is uncertain at the vendor is off until it is said here. */
export const configSchema = z.strictObject({
  /** The API with its version; a stand-in such as `http://127.0.0.1:8080/v1` for tests. */
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://pubapi.talenthr.io/v1'),
  /** Ids of directory filters whose lists are read besides the plain directory, such as one of terminated people. */
  directoryFilters: z.array(z.union([z.int(), z.string().min(1)])).default([]),
  /** Where a person's language stands: with their user (read only), or first among the languages of their profile. */
  language: z.enum(['user', 'hr_languages']).default('user'),
  /** Zone in which a termination date is over, and in which a termination takes effect. */
  timezone: z
    .string()
    .refine(isTimeZone, 'not a time zone of the IANA list, such as Europe/Berlin')
    .default('UTC'),
  /** Whether people may be terminated. What that request takes is documented nowhere. */
  allowTerminate: z.boolean().default(false),
  /** Small lists in which a name that TalentHR does not know is created rather than refused. */
  createMissing: z.array(z.enum(['departments', 'divisions', 'job-titles'])).default([]),
  /** What a hire says of everybody alike. */
  hire: z
    .strictObject({
      /** Name of the employment status of people of whom no `employment_status` is mapped. */
      employmentStatus: z.string().min(1).optional(),
      payRate: z.number().min(0).optional(),
      payRatePeriod: z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']).optional(),
      /** TalentHR invites the person by e-mail. */
      invite: z.boolean().default(false),
      /** TalentHR begins its onboarding. */
      onboarding: z.boolean().default(false),
    })
    .prefault({}),
});

export type Config = z.output<typeof configSchema>;

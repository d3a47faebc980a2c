import { z } from 'zod';
import { documentSchema, durationSchema } from './document.ts';

const timezoneSchema = z.string().min(1).optional();

const windowsSchema = z
  .array(
    z.strictObject({
      cron: z.string().min(1).describe('The window opens at each match.'),
      duration: durationSchema.describe('How long it stays open.'),
      timezone: timezoneSchema.describe("IANA zone of cron; the schedule's own when left out."),
    }),
  )
  .default([]);

export const scheduleSpecSchema = z
  .strictObject({
    cron: z.string().min(1).optional().describe('Minute, hour, day of month, month, day of week.'),
    timezone: timezoneSchema.describe('IANA zone of cron; UTC when left out.'),
    every: durationSchema.optional().describe('Again and again after this time.'),
    initialDelay: durationSchema
      .optional()
      .describe('For every: counted from the first activation; 0 when left out.'),
    manual: z
      .strictObject({
        onActivation: z.boolean().default(false).describe('Run once when the sync becomes active.'),
      })
      .optional()
      .describe('Only when asked.'),
    jitter: durationSchema.optional().describe('Spreads starts over this time.'),
    allow: windowsSchema.describe(
      'Runs by itself only within one of these windows; who has left is disabled outside of them too.',
    ),
    deny: windowsSchema.describe(
      'Does not run by itself within these windows; who has left is disabled all the same.',
    ),
  })
  .superRefine((schedule, context) => {
    const given = ['cron', 'every', 'manual'].filter((key) => Object.hasOwn(schedule, key));
    const fault = given.length === 1 ? misplaced(schedule) : 'must have one of cron, every and manual';
    if (fault !== undefined) {
      context.addIssue({ code: 'custom', message: fault, params: { code: 'spec/one-of' } });
    }
  });

export type ScheduleSpec = z.infer<typeof scheduleSpecSchema>;

export const scheduleSchema = documentSchema('Schedule', scheduleSpecSchema).describe(
  'When syncs run, shared by several.',
);

function misplaced(schedule: {
  readonly every?: string | undefined;
  readonly initialDelay?: string | undefined;
  readonly manual?: object | undefined;
  readonly jitter?: string | undefined;
}): string | undefined {
  if (schedule.initialDelay !== undefined && schedule.every === undefined) {
    return 'has initialDelay, which goes with every only';
  }
  if (schedule.jitter !== undefined && schedule.manual !== undefined) {
    return 'has jitter, which does not go with manual';
  }
  return undefined;
}

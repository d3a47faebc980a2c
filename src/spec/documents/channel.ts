import { z } from 'zod';
import { documentSchema, notYet } from './document.ts';

const eventsSchema = z
  .array(z.enum(['summary', 'ended', 'failure', 'held', 'drift']))
  .min(1)
  .default(['failure', 'held']);

/** Where news goes. */
export const newsSchema = z
  .strictObject({
    mail: z
      .strictObject({
        to: z
          .array(z.email({ error: 'must be an e-mail address' }))
          .min(1)
          .describe('Recipients.'),
        knownBy: z
          .string()
          .min(1)
          .optional()
          .describe(
            "An attribute of the sync's target, such as email: only recipients whom an active account has in it are mailed.",
          ),
      })
      .optional()
      .describe("By mail, through the operator's SMTP server."),
    log: z.strictObject({}).optional().describe("Into the daemon's log."),
    webhook: notYet('use mail or log'),
    chat: notYet('use mail or log'),
    events: eventsSchema.describe(
      'What it is told about: how each automatic pass went (summary) or each pass, also one that was asked for (ended), failures, holds, drift.',
    ),
    digest: notYet('each pass is told on its own'),
  })
  .superRefine((channel, context) => {
    if ((channel.mail === undefined) !== (channel.log === undefined)) return;
    const message = 'must have one of mail and log';
    context.addIssue({ code: 'custom', message, params: { code: 'spec/one-of' } });
  });

export type NewsSpec = z.infer<typeof newsSchema>;

export const channelSchema = documentSchema('Channel', newsSchema).describe('Where news goes.');

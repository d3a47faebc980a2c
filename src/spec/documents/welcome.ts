import { z } from 'zod';
import { daySchema } from './document.ts';

/** The mail to people for whom an account was made. */
export const welcomeSchema = z.strictObject({
  template: z
    .string()
    .min(1)
    .regex(/\.md$/, { error: 'must be a file beside this one whose name ends in .md' })
    .describe(
      'The text, in a file beside this one: its first line `# …` is the subject; `{{ attribute }}` stands for what the account was created with.',
    ),
  since: daySchema.describe('People whose account is created on this day (UTC) or later.'),
  to: z
    .string()
    .min(1)
    .default('email')
    .describe('The attribute of the target that holds the address; it must be mapped.'),
});

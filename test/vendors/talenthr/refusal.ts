import type { VendorAnswer } from '../loopback.ts';

/** Sections of `vendors/talenthr.md`; every refusal names the one it comes from. */
export const sections = {
  base: 'Base, auth, limits',
  envelope: 'Envelope and paging',
  reading: 'Reading people',
  writing: 'Writing',
  simulator: 'Honest simulator',
} as const;

export type Section = (typeof sections)[keyof typeof sections];

/** What the vendor refuses, with the place in the notes on it. */
export class Refusal extends Error {
  readonly status: number;
  readonly section: Section;

  constructor(status: number, section: Section, message: string) {
    super(message);
    this.status = status;
    this.section = section;
  }
}

/** An `error` in JSON is documented; that it has a message in it is not. */
export function answerRefusal({ status, section, message }: Refusal): VendorAnswer {
  return {
    status,
    headers: { 'x-refused-by': `vendors/talenthr.md: ${section}` },
    body: { success: false, error: { message } },
  };
}

import type { VendorAnswer } from '../loopback.ts';

/** Which part of vendors/merge.md says so. `model` is what no page says: our own. */
export const sections = {
  auth: 'base, auth, linking',
  reading: 'read',
  sync: 'sync status',
  limits: 'rate limits and errors',
  document: 'the OpenAPI document',
  model: 'our model',
} as const;

type Section = (typeof sections)[keyof typeof sections];

/** A refusal in the form of the framework that Merge is made with; the section is for whoever reads a failing test. */
export class Refusal extends Error {
  readonly status: number;
  readonly section: Section;

  constructor(status: number, section: Section, detail: string) {
    super(detail);
    this.status = status;
    this.section = section;
  }

  answer(): VendorAnswer {
    return { status: this.status, headers: { 'x-refused-by': this.section }, body: { detail: this.message } };
  }
}

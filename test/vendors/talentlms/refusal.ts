import type { VendorAnswer } from '../loopback.ts';

/** Sections of `vendors/talentlms.md`; every refusal names the one it comes from. */
export const sections = {
  authentication: 'v2, Base and authentication',
  users: 'v2, Users',
  courses: 'v2, Branches, groups, courses, progress',
  branches: 'v2, Branches, groups, courses, progress',
  errors: 'v2, Errors and limits (v2)',
  v1: 'v1, Request shapes',
  v1Access: 'v1, Base and authentication',
  v1Errors: 'v1, Uniqueness, errors',
  simulator: 'Simulator',
} as const;

export type Section = (typeof sections)[keyof typeof sections];

/** What the vendor refuses, with the place in its documents. */
export class Refusal extends Error {
  readonly status: number;
  readonly section: Section;

  constructor(status: number, section: Section, message: string) {
    super(message);
    this.status = status;
    this.section = section;
  }
}

/** The vendor's error: two fields and no machine code, at the top or below `error` (both are documented). */
export function answerRefusal(refusal: Refusal, shape: 'top' | 'nested'): VendorAnswer {
  const type = refusal.status >= 500 ? 'api_error' : 'invalid_request_error';
  const error = { type, message: refusal.message };
  return {
    status: refusal.status,
    headers: { 'x-refused-by': `vendors/talentlms.md: ${refusal.section}` },
    body: shape === 'nested' ? { error } : error,
  };
}

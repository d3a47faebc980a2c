import type { Situation } from '../model/change.ts';

/** What is found out after the table has spoken, and takes its place. */
export const laterFindings = {
  mapping: { situation: 'failed', when: 'an attribute that the deed needs cannot be computed' },
  identity: { situation: 'disputed', when: "the linked account's identity attribute holds another value" },
  unique: {
    situation: 'failed',
    when: 'a value that must be unique is held by another account, or wanted twice',
  },
  swap: { situation: 'failed', when: 'people would take unique values from each other in a circle' },
  waits: { situation: 'failed', when: 'the change that it needs cannot be planned' },
} as const satisfies Record<string, { readonly situation: Situation; readonly when: string }>;

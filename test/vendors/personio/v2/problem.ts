import type { VendorAnswer } from '../../loopback.ts';
import { sections } from '../refusal.ts';

type Section = (typeof sections)[keyof typeof sections];

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Resource not found',
  412: 'Precondition failed',
  429: 'Too many requests',
};

/** A no of v2, with where it is documented; tests look at the header, the vendor would not send it. */
export function problem(
  status: number,
  why: string,
  detail: string,
  section: Section = sections.readingV2,
): VendorAnswer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'x-refused-by': `${section}: ${why}` },
    body: {
      personio_trace_id: 'aswo3f-a202lfso-312123sld-1230ddd',
      timestamp: '2026-03-02T09:00:00Z',
      errors: [
        {
          title: titles[status] ?? 'Error',
          detail,
          type: 'https://developer.personio.de/reference/errors#common',
          _meta: {},
        },
      ],
    },
  };
}

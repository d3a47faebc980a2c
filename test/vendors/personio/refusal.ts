import type { VendorAnswer } from '../loopback.ts';

/** The sections of vendors/personio.md that refusals come from. */
export const sections = {
  generations: 'vendors/personio.md section 1 (generations)',
  auth: 'vendors/personio.md section 2 (authentication)',
  reading: 'vendors/personio.md section 3 (reading)',
  readingV2: 'vendors/personio.md section 5 (v2 reading)',
  limits: 'vendors/personio.md section 8 (rate limits)',
  document: 'the OpenAPI document',
} as const;

/** A no of the vendor, with where it is documented; tests look at the header, the vendor would not send it. */
export function refuse(
  status: number,
  section: (typeof sections)[keyof typeof sections],
  why: string,
  message: string,
): VendorAnswer {
  return {
    status,
    headers: { 'x-refused-by': `${section}: ${why}` },
    body: { success: false, error: { code: status, message } },
  };
}

/** What Personio says when it says nothing: German, whatever the caller's language (section 3). */
export const german = 'Es ist ein Problem aufgetreten ';

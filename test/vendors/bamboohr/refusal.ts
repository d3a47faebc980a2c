import type { VendorAnswer } from '../loopback.ts';

/** The text stands in a header; the body is empty. */
export function refusal(status: number, message: string): VendorAnswer {
  // A header holds one line of plain letters.
  return { status, headers: { 'x-bamboohr-error-message': message.replaceAll(/[^\x20-\x7e]/g, '?') } };
}

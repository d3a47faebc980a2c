import { expect, test } from 'vitest';

import { retryAfterMs } from '../../src/http/retry-after.ts';

const now = Date.parse('2026-03-02T09:00:00Z');

test.each([
  { header: '0', ms: undefined },
  { header: '5', ms: 5000 },
  { header: ' 5 ', ms: 5000 },
  { header: '1.5', ms: 1500 },
  { header: '9'.repeat(400), ms: 31_536_000_000 },
  { header: '-5', ms: undefined },
  { header: '5 seconds', ms: undefined },
  { header: '0x10', ms: undefined },
  { header: '', ms: undefined },
  { header: undefined, ms: undefined },
  { header: 'Mon, 02 Mar 2026 09:00:30 GMT', ms: 30_000 },
  { header: 'Mon, 02 Mar 2026 08:59:00 GMT', ms: undefined },
  { header: 'Mon, 99 Mar 2026 08:59:00 GMT', ms: undefined },
  { header: 'Monday, 02-Mar-26 09:00:30 GMT', ms: 30_000 },
  { header: 'Mon Mar  2 09:00:30 2026', ms: 30_000 },
  { header: 'Mon Mar 12 09:00:00 2026', ms: 864_000_000 },
  { header: '2026-03-02T09:00:30Z', ms: undefined },
])('Retry-After $header is $ms ms', ({ header, ms }) => {
  expect(retryAfterMs(header, now)).toBe(ms);
});

import { expect, test } from 'vitest';
import { waitFor } from '../../../src/connectors/apideck/limits.ts';
import { refused } from '../../../src/connectors/apideck/refusals.ts';
import type { Json } from '../../../src/model/value.ts';

const asking = { connection: 'hr', serviceId: 'workday' };

test.each<[status: number, type: string, reason: string, fate: string, wayOut: RegExp]>([
  [
    401,
    'UnauthorizedError',
    'AuthenticationFailed',
    'stalled',
    /check the API key, applicationId and consumerId; where they are right, workday/,
  ],
  [401, 'ConnectorCredentialsError', 'NotConnected', 'stalled', /run: rosterd connection connect hr$/],
  [
    401,
    'ConnectorExecutionError',
    'PermissionDenied',
    'stalled',
    /the account that workday was connected with the right/,
  ],
  [403, 'ConnectorExecutionError', 'PermissionDenied', 'stalled', /the right to read employees/],
  [404, 'ConnectorExecutionError', 'RequestRefused', 'stalled', /check the config/],
  [402, 'RequestLimitError', 'PlanUsedUp', 'stalled', /raise the plan, or sync less often/],
  [402, 'somethingElse', 'PlanUsedUp', 'stalled', /Apideck subscription/],
  [
    404,
    'ConnectorNotFoundError',
    'NotSetUp',
    'stalled',
    /check applicationId and serviceId, and that workday is enabled/,
  ],
  [404, 'IntegrationNotFoundError', 'NotSetUp', 'stalled', /enabled and configured/],
  [404, 'ConnectionNotFoundError', 'NotConnected', 'stalled', /connection connect hr/],
  [404, '', 'NotSetUp', 'stalled', /check applicationId/],
  [422, 'InvalidStateError', 'NotConnected', 'stalled', /connection connect hr/],
  [400, 'UnsupportedFiltersError', 'NotSupported', 'stalled', /workday has no such filter/],
  [400, 'PaginationNotSupportedError', 'NotSupported', 'stalled', /`paging: none`/],
  [400, 'InvalidCursorError', 'ListMoved', 'waiting', /tried again later/],
  [400, 'RequestValidationError', 'RequestRefused', 'stalled', /check the config/],
  [409, '', 'RequestRefused', 'stalled', /check the config/],
  [
    501,
    'ConnectorOperationUnsupportedError',
    'NotSupported',
    'stalled',
    /Apideck cannot do this for workday/,
  ],
  [501, '', 'NotSupported', 'stalled', /Apideck cannot do this for workday/],
  // As an error within a 200.
  [500, 'ConnectorExecutionError', 'Unavailable', 'waiting', /tried again later/],
  [429, 'ConnectorRateLimitError', 'RateLimited', 'waiting', /tried again later/],
])('%i %s: %s, %s', (status, type, reason, fate, wayOut) => {
  const error = refused(asking, 'to list employees', status, {
    type_name: type,
    message: 'kanarie@example.org',
  });
  expect(error).toMatchObject({ reason, fate, connection: 'hr' });
  expect(error.message).toMatch(/^connection hr: Apideck refused to list employees \(/);
  expect(error.message).toMatch(wayOut);
  expect(error.message).not.toContain('kanarie');
});

test("Apideck's words are kept as far as they are words of messages, those of the HR system too", () => {
  const body: Json = {
    type_name: 'ConnectorExecutionError',
    message: 'Permission denied for kanarie',
    detail: { message: 'missing permission' },
    downstream_errors: [{ message: 'user is not allowed', detail: 'kanarie' }, 7],
  };
  expect(refused(asking, 'to list employees', 403, body).message).toContain(
    '(ConnectorExecutionError, 403) "Permission denied for …; missing permission; user is not allowed"',
  );
  expect(refused(asking, 'to list employees', 403, 'kanarie').message).not.toContain('kanarie');
});

test('a type that is not known is not repeated, and an HR system that has to cool down is waited for', () => {
  const body: Json = {
    type_name: 'kanarieError',
    detail: { debug: { cooldown_remaining_ms: 90_000.4 } },
  };
  const error = refused(asking, 'to list employees', 401, body);
  expect(error).toMatchObject({ reason: 'TokenCooling', retryAfterMs: 90_001 });
  expect(error.message).not.toContain('kanarie');
});

const now = Date.parse('2026-11-20T08:00:00Z');
const inAMinute = now + 60_000;

test.each<
  [
    name: string,
    status: number,
    remaining: string | undefined,
    reset: string | undefined,
    wait: number | undefined,
  ]
>([
  ['seconds of Unix', 429, undefined, String(inAMinute / 1000), 60_000],
  ['milliseconds', 429, undefined, String(inAMinute), 60_000],
  ['an ISO date', 429, undefined, '2026-11-20T08:01:00.000Z', 60_000],
  ['a success that left nothing', 200, '0', String(inAMinute / 1000), 60_000],
  ['a success that left some', 200, '7', String(inAMinute / 1000), undefined],
  ['a success that does not tell', 200, undefined, String(inAMinute / 1000), undefined],
  ['a moment that is over', 429, '0', String((now - 1000) / 1000), undefined],
  ['a moment in ten years', 429, '0', String(now / 1000 + 315_360_000), undefined],
  ['garbage', 429, '0', 'soon', undefined],
  ['nothing', 429, undefined, undefined, undefined],
])('a limit told by %s', (_, status, remaining, reset, wait) => {
  const headers = {
    ...(remaining === undefined ? {} : { 'x-downstream-ratelimit-remaining': remaining }),
    ...(reset === undefined ? {} : { 'x-downstream-ratelimit-reset': reset }),
  };
  expect(waitFor({ status, headers }, now)).toBe(wait);
});

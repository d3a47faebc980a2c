import { RefusedStatus } from '../../http/errors.ts';
import { Waiting, type SyncError } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { isObject, type JsonObject } from '../json.ts';
import { vendorWords } from '../vendor-words.ts';

/** Statuses whose body says what is wrong; 501 too, which no repetition mends. */
export const refusals = [400, 401, 402, 403, 404, 409, 422, 501];

/** Who asked for what, for messages. */
export interface Asking {
  readonly connection: string;
  readonly serviceId: string;
}

interface Verdict {
  readonly reason: string;
  /** What to do, after a semicolon; `waiting` where nothing is to be done. */
  readonly wayOut: (asking: Asking) => string;
  readonly fate?: 'waiting';
}

const again = () => 'it is tried again later';
const connectAnew = ({ connection }: Asking) => `run: rosterd connection connect ${connection}`;
const application = ({ serviceId }: Asking) =>
  `check applicationId and serviceId, and that ${serviceId} is enabled and configured for the application in Apideck`;

const notConnected: Verdict = { reason: 'NotConnected', wayOut: connectAnew };
const notSetUp: Verdict = { reason: 'NotSetUp', wayOut: application };
const notSupported: Verdict = {
  reason: 'NotSupported',
  wayOut: ({ serviceId }) => `Apideck cannot do this for ${serviceId}`,
};
const byHr: Verdict = {
  reason: 'PermissionDenied',
  wayOut: ({ serviceId, connection }) =>
    `give the account that ${serviceId} was connected with the right to read employees, or connect with another: rosterd connection connect ${connection}`,
};
const byKey: Verdict = {
  reason: 'AuthenticationFailed',
  wayOut: (asking) =>
    `check the API key, applicationId and consumerId; where they are right, ${asking.serviceId} takes Apideck no longer: ${connectAnew(asking)}`,
};

/** By the word that Apideck has for it (HRIS document, "Error Types"). */
const byType: Readonly<Record<string, Verdict>> = {
  ConnectorCredentialsError: notConnected,
  ConnectionNotFoundError: notConnected,
  ConnectionSettingsError: notConnected,
  InvalidStateError: notConnected,
  ConnectorNotFoundError: notSetUp,
  ConnectorDisabledError: notSetUp,
  IntegrationNotFoundError: notSetUp,
  OAuthCredentialsNotFoundError: notSetUp,
  RequestLimitError: {
    reason: 'PlanUsedUp',
    wayOut: () => 'the requests of the Apideck plan are used up: raise the plan, or sync less often',
  },
  UnsupportedFiltersError: {
    reason: 'NotSupported',
    wayOut: ({ serviceId }) => `${serviceId} has no such filter: take it out of \`filters\` or \`alsoList\``,
  },
  PaginationNotSupportedError: {
    reason: 'NotSupported',
    wayOut: ({ serviceId }) =>
      `Apideck does not page ${serviceId}: set \`paging: none\` in the config of this connection`,
  },
  InvalidCursorError: { reason: 'ListMoved', wayOut: again, fate: 'waiting' },
  ConnectorRateLimitError: { reason: 'RateLimited', wayOut: again, fate: 'waiting' },
  MappingError: notSupported,
  ConnectorMappingNotFoundError: notSupported,
  ConnectorResponseMappingNotFoundError: notSupported,
  ConnectorOperationMappingNotFoundError: notSupported,
  ConnectorOperationUnsupportedError: notSupported,
  ConnectorWorkflowMappingError: notSupported,
};

const byStatus: Readonly<Record<number, Verdict>> = {
  401: byKey,
  402: { reason: 'PlanUsedUp', wayOut: () => 'see to the Apideck subscription' },
  403: byHr,
  404: notSetUp,
  422: notConnected,
  501: notSupported,
};

/** Apideck said no: the fate is that of its own word for it, else of the status. Its message is kept as far as it is words of messages. */
export function refused(asking: Asking, what: string, status: number, body: Json): SyncError {
  const { connection } = asking;
  const type = isObject(body) && typeof body['type_name'] === 'string' ? body['type_name'] : '';
  const verdict = verdictOn(type, status);
  const named = type in byType || type === 'ConnectorExecutionError' ? `${type}, ${status}` : String(status);
  const words = wordsIn(body);
  const said = words === '' ? '' : ` "${words}"`;
  const message = `connection ${connection}: Apideck refused ${what} (${named})${said}; ${verdict.wayOut(asking)}`;
  const retryAfterMs = coolingMs(body);
  if (retryAfterMs !== undefined) return new Waiting('TokenCooling', message, { connection, retryAfterMs });
  if (verdict.fate === 'waiting') return new Waiting(verdict.reason, message, { connection });
  return new RefusedStatus(connection, verdict.reason, message, status);
}

/** A refusal of the HR system comes with the HR system's status ("ConnectorExecutionError"). */
function verdictOn(type: string, status: number): Verdict {
  if (type === 'ConnectorExecutionError' && (status === 401 || status === 403)) return byHr;
  const known = byType[type] ?? (type === 'ConnectorExecutionError' ? undefined : byStatus[status]);
  if (known !== undefined) return known;
  if (status >= 500) return { reason: 'Unavailable', wayOut: again, fate: 'waiting' };
  return { reason: 'RequestRefused', wayOut: () => 'check the config of this connection' };
}

/** After a failed refresh Apideck asks the HR system for no token for a while (401, `detail.debug`). */
function coolingMs(body: Json): number | undefined {
  const detail = isObject(body) ? body['detail'] : undefined;
  const debug = isObject(detail) ? detail['debug'] : undefined;
  const left = isObject(debug) ? debug['cooldown_remaining_ms'] : undefined;
  return typeof left === 'number' && left > 0 ? Math.ceil(left) : undefined;
}

function wordsIn(body: Json): string {
  if (!isObject(body)) return '';
  const { message, detail } = body;
  const inner = isObject(detail) ? detail['message'] : detail;
  const all = [message, inner, ...downstream(body)].map((one) => vendorWords(one));
  return [...new Set(all.filter((one) => one !== ''))].join('; ').slice(0, 300);
}

function downstream({ downstream_errors: errors }: JsonObject): readonly Json[] {
  if (!Array.isArray(errors)) return [];
  return (errors as readonly Json[]).flatMap((one) => (isObject(one) ? [one['message'] ?? null] : []));
}

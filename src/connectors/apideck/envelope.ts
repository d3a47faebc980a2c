import { Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { isObject, type JsonObject } from '../json.ts';
import { vendorWords } from '../vendor-words.ts';
import { refused, type Asking } from './refusals.ts';

/**
 * An answer of Apideck (`{ status_code, status, data, meta }`). Throws where it holds an error, which may come with 200;
 * where it is of another service than ours; and where Apideck warns that a part of it could not be had, unless the
 * config takes that for granted.
 */
export function opened(
  body: Json,
  what: string,
  asking: Asking & { readonly tolerated: readonly string[] },
): JsonObject {
  if (!isObject(body)) throw unusable(`no answer to ${what}`, asking.connection);
  const { status_code: status, type_name: type, service } = body;
  if (typeof type === 'string' || (typeof status === 'number' && status >= 400))
    throw refused(asking, what, typeof status === 'number' && status >= 400 ? status : 500, body);
  if (body['data'] === undefined) throw unusable(`an answer to ${what} without data`, asking.connection);
  if (typeof service === 'string' && service !== asking.serviceId)
    throw unusable(`an answer of another service than ${asking.serviceId}`, asking.connection);
  const [warning] = warningsIn(body).filter(({ operation }) => !asking.tolerated.includes(operation));
  if (warning !== undefined) throw degraded(warning, what, asking);
  return body;
}

interface Warning {
  readonly operation: string;
  readonly words: string;
}

/** "Non-fatal warnings emitted when optional workflow steps failed": what the step brings is missing from the records. */
export function warningsIn(body: JsonObject): readonly Warning[] {
  const { meta } = body;
  const warnings = isObject(meta) ? meta['warnings'] : undefined;
  if (!Array.isArray(warnings)) return [];
  return (warnings as readonly Json[]).map((one) => {
    const { operation, message, error } = isObject(one) ? one : {};
    const isName = typeof operation === 'string' && /^[\w.-]{1,80}$/.test(operation);
    return { operation: isName ? operation : 'unnamed', words: vendorWords(message ?? error) };
  });
}

/** `hint`: what a person may do where it comes each time. */
export function unusable(what: string, connection: string, hint?: string): Waiting {
  const message = `connection ${connection}: Apideck sent ${what}; nothing is planned from it, and it is tried again later`;
  return new Waiting('UnusableAnswer', hint === undefined ? message : `${message}; ${hint}`, { connection });
}

function degraded({ operation, words }: Warning, what: string, { connection }: Asking): Waiting {
  const said = words === '' ? '' : ` ("${words}")`;
  return new Waiting(
    'DegradedAnswer',
    `connection ${connection}: Apideck was asked ${what}, and could not do the step ${operation}${said}, so that fields are ` +
      'missing; nothing is planned from it, and it is tried again later. Where it never works for this HR system, name ' +
      'the step under `tolerateWarnings`: what it brings is absent then',
    { connection },
  );
}

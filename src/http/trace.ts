import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

import type { Exchange } from './exchange.ts';

const tracer = trace.getTracer('rosterd.http');

export interface Traced {
  readonly connection: string;
  readonly method: string;
  readonly host: string;
  /** 0 for the first attempt. */
  readonly resend: number;
}

/** One client span around one attempt: method and host, never a path, which may name a person. */
export async function traced(about: Traced, send: () => Promise<Exchange>): Promise<Exchange> {
  const attributes = {
    'rosterd.connection': about.connection,
    'http.request.method': about.method,
    'server.address': about.host,
    ...(about.resend > 0 ? { 'http.request.resend_count': about.resend } : {}),
  };
  const options = { kind: SpanKind.CLIENT, attributes };
  return await tracer.startActiveSpan(`${about.method} ${about.host}`, options, async (span) => {
    try {
      const answer = await send();
      if (answer.kind === 'none') span.setAttribute('error.type', answer.code);
      else span.setAttribute('http.response.status_code', answer.status);
      if (answer.kind !== 'answer' || answer.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      return answer;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

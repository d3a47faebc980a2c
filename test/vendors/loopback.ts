import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Json } from '../../src/model/value.ts';

/** One request as a vendor's server sees it. */
export interface VendorRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when the content type says JSON; `undefined` when there is no body or it is none. */
  readonly json: Json | undefined;
  readonly form: URLSearchParams | undefined;
  readonly text: string;
  /** The body as it came. */
  readonly bytes: Buffer;
}

export interface VendorAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent as they are, anything else as JSON; `undefined` sends no body. */
  readonly body?: unknown;
}

/** What can go wrong with one request. */
export type Fault =
  | { readonly kind: 'answer'; readonly answer: VendorAnswer }
  /** A proxy's page with status 200. */
  | { readonly kind: 'html' }
  /** Handled, but the body ends half-way. */
  | { readonly kind: 'cut' }
  /** The connection is gone before anything was handled. */
  | { readonly kind: 'reset' }
  /** Handled, but the answer never arrives. */
  | { readonly kind: 'lost' }
  /** Handled, and the answer is changed on the way: a repeated page, a total that lies. */
  | {
      readonly kind: 'change';
      readonly change: (answer: VendorAnswer, request: VendorRequest) => VendorAnswer;
    }
  /** Handled, and the answer is written by hand: drop by drop, without an end, never. */
  | { readonly kind: 'write'; readonly write: (outgoing: ServerResponse, answer: VendorAnswer) => void };

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number | 'reset' | 'lost';
}

/** A real HTTP server on loopback that behaves as `handle` says and fails when told. */
export class Loopback {
  readonly log: LoggedRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #handle: (request: VendorRequest) => VendorAnswer | Promise<VendorAnswer>;
  /** Decides for each request that no armed fault was for. */
  decide: (request: VendorRequest) => Fault | undefined = () => undefined;
  #faults: {
    readonly when: (request: VendorRequest) => boolean;
    readonly fault: Fault;
    left: number;
    skip: number;
  }[] = [];

  private constructor(handle: (request: VendorRequest) => VendorAnswer | Promise<VendorAnswer>) {
    this.#handle = handle;
    this.#server = createServer((incoming, outgoing) => {
      this.#serve(incoming, outgoing).catch((error: unknown) => {
        outgoing.destroy(error instanceof Error ? error : undefined);
      });
    });
    this.#server.keepAliveTimeout = 60_000;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(
    handle: (request: VendorRequest) => VendorAnswer | Promise<VendorAnswer>,
    port = 0,
  ): Promise<Loopback> {
    const loopback = new Loopback(handle);
    await new Promise<void>((resolve, reject) => {
      loopback.#server.once('error', reject);
      loopback.#server.listen(port, '127.0.0.1', resolve);
    });
    return loopback;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Fails the next `times` requests for which `when` holds, after letting `skip` of them through. */
  fail(
    when: (request: VendorRequest) => boolean,
    fault: Fault,
    { times = 1, skip = 0 }: { times?: number; skip?: number } = {},
  ): void {
    this.#faults.push({ when, fault, left: times, skip });
  }

  heal(): void {
    this.#faults = [];
  }

  /** Requests other than reads that were handled (or lost after they were handled). */
  writes(): readonly LoggedRequest[] {
    return this.log.filter((request) => request.method !== 'GET' && request.status !== 'reset');
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #takeFault(request: VendorRequest): Fault | undefined {
    for (const armed of this.#faults) {
      if (armed.left === 0 || !armed.when(request)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.left -= 1;
      return armed.fault;
    }
    return this.decide(request);
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const fault = this.#takeFault(request);
    const note = (status: LoggedRequest['status']) =>
      this.log.push({ method: request.method, path: request.path, query: request.query.toString(), status });
    if (fault?.kind === 'reset') {
      note('reset');
      incoming.socket.destroy();
      return;
    }
    if (fault?.kind === 'answer') {
      note(fault.answer.status);
      send(outgoing, fault.answer);
      return;
    }
    if (fault?.kind === 'html') {
      note(200);
      send(outgoing, {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Sign in</title>',
      });
      return;
    }
    const honest = await this.#handle(request);
    const answer = fault?.kind === 'change' ? fault.change(honest, request) : honest;
    if (fault?.kind === 'lost') {
      note('lost');
      incoming.socket.destroy();
      return;
    }
    note(answer.status);
    if (fault?.kind === 'write') fault.write(outgoing, answer);
    else if (fault?.kind === 'cut') cut(outgoing, answer);
    else send(outgoing, answer);
  }
}

async function readRequest(incoming: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString('utf8');
  const url = new URL(incoming.url ?? '/', 'http://loopback');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const type = headers['content-type'] ?? '';
  return {
    method: incoming.method ?? 'GET',
    path: decodeURI(url.pathname),
    query: url.searchParams,
    headers,
    json: text !== '' && type.includes('json') ? parse(text) : undefined,
    form: type.includes('x-www-form-urlencoded') ? new URLSearchParams(text) : undefined,
    text,
    bytes,
  };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function payload(answer: VendorAnswer): Buffer {
  if (answer.body === undefined) return Buffer.alloc(0);
  if (answer.body instanceof Uint8Array) return Buffer.from(answer.body);
  return Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}

function head(answer: VendorAnswer, length: number): Record<string, string> {
  const type = answer.body === undefined ? {} : { 'content-type': 'application/json' };
  return { ...type, 'content-length': String(length), ...answer.headers };
}

function send(outgoing: ServerResponse, answer: VendorAnswer): void {
  const body = payload(answer);
  outgoing.writeHead(
    answer.status,
    answer.status === 204 ? { ...answer.headers } : head(answer, body.length),
  );
  outgoing.end(body);
}

function cut(outgoing: ServerResponse, answer: VendorAnswer): void {
  const body = payload(answer);
  outgoing.writeHead(answer.status, head(answer, body.length));
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
}

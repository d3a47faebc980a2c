import { Agent, request as send } from 'node:http';
import { Loopback, type Fault, type VendorAnswer, type VendorRequest } from '../vendors/loopback.ts';
import { settled, type Time } from './time.ts';

/** What is done to one request on its way. */
export interface Disturbance {
  readonly name: string;
  /** What the loopback server that stands in the way does with it. */
  readonly fault?: Fault;
  /**
   * `twice`: handed over twice, the second answer comes back; `later`: the sender gets no answer, and it is handed over
   * when the pass is long over; `overtaken`: whatever was sent after it arrives before it.
   */
  readonly delivery?: 'twice' | 'twice, first answer' | 'later' | 'overtaken';
  /** An answer comes all the same. */
  readonly passes?: true;
  /** The wait that the answer names (ms): until then nothing more may come. */
  readonly namesMs?: number;
}

/** One request as it arrived, with the moment at which it did. */
export interface Arrival {
  /** Method, path, query and body: the same for every try of one request. */
  readonly key: string;
  readonly request: VendorRequest;
  readonly at: number;
  readonly disturbed: string | undefined;
  /** The pass in which it came, from 0. */
  readonly pass: number;
}

/** Which of how many requests with the same method and path this is, from 0. */
export type Disturb = (request: VendorRequest, nth: number) => Disturbance | undefined;

/**
 * Stands between a connector and its vendor's server, hands every request over, and disturbs those that it is told to.
 * It watches what it must not see: a request before the moment that an answer named.
 */
export class FaultProxy {
  readonly arrivals: Arrival[] = [];
  /** Sentences on requests that came before they were allowed to. */
  readonly tooEarly: string[] = [];
  disturb: Disturb = () => undefined;
  readonly #loopback: Loopback;
  readonly #vendor: URL;
  readonly #time: Time;
  readonly #rewrite: (query: URLSearchParams) => void;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #ways = new WeakMap<VendorRequest, NonNullable<Disturbance['delivery']>>();
  #pass = 0;
  readonly #counts = new Map<string, number>();
  #late: VendorRequest[] = [];
  #overtaken: (() => void)[] = [];
  #notBefore = Number.NEGATIVE_INFINITY;

  private constructor(
    loopback: Loopback,
    vendor: string,
    time: Time,
    rewrite: (query: URLSearchParams) => void,
  ) {
    this.#loopback = loopback;
    this.#vendor = new URL(vendor);
    this.#time = time;
    this.#rewrite = rewrite;
    loopback.decide = (request) => this.#decide(request);
  }

  /** `rewrite` changes queries on the way, as a server with smaller pages than asked for would read them. */
  static async start(
    vendor: string,
    time: Time,
    rewrite: (query: URLSearchParams) => void = () => undefined,
  ): Promise<FaultProxy> {
    const loopback = await Loopback.start((request) => proxy.#handle(request));
    const proxy = new FaultProxy(loopback, vendor, time, rewrite);
    return proxy;
  }

  get url(): string {
    return this.#loopback.url;
  }

  passBegins(): void {
    this.#pass += 1;
  }

  /** Another process on the other side knows nothing of what was named to the one before. */
  forget(): void {
    this.arrivals.length = 0;
    this.tooEarly.length = 0;
    this.#counts.clear();
    this.#late = [];
    this.#notBefore = Number.NEGATIVE_INFINITY;
    this.disturb = () => undefined;
  }

  /** Hands over what was held back for later. */
  async deliverLate(): Promise<number> {
    const late = this.#late;
    this.#late = [];
    for (const request of late) await this.#forward(request);
    return late.length;
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await this.#loopback.close();
  }

  #decide(request: VendorRequest): Fault | undefined {
    const at = this.#time.now();
    const line = `${request.method} ${request.path}`;
    const nth = this.#counts.get(line) ?? 0;
    this.#counts.set(line, nth + 1);
    const disturbance = this.disturb(request, nth);
    const key = `${line}?${request.query.toString()} ${request.text}`;
    this.arrivals.push({
      key,
      request,
      at,
      disturbed: disturbance?.passes === true ? undefined : disturbance?.name,
      pass: this.#pass,
    });
    if (at < this.#notBefore) {
      this.tooEarly.push(`${line} came ${this.#notBefore - at} ms before it was allowed to`);
    }
    if (disturbance?.namesMs !== undefined) void this.#close(at + disturbance.namesMs);
    const { delivery, fault } = disturbance ?? {};
    if (delivery === 'later') {
      this.#late.push(request);
      return { kind: 'reset' };
    }
    if (delivery !== undefined) this.#ways.set(request, delivery);
    return fault;
  }

  /** From when the answer has arrived: what was sent before could not know. */
  async #close(until: number): Promise<void> {
    const arrived = this.#time.travels();
    await settled();
    this.#notBefore = Math.max(this.#notBefore, until);
    arrived();
  }

  async #handle(request: VendorRequest): Promise<VendorAnswer> {
    const arrived = this.#time.travels();
    try {
      const way = this.#ways.get(request);
      if (way === 'overtaken') await this.#beOvertaken();
      const answer = await this.#forward(request);
      this.#letGo();
      if (way !== 'twice' && way !== 'twice, first answer') return answer;
      const again = await this.#forward(request);
      return way === 'twice' ? again : answer;
    } finally {
      arrived();
    }
  }

  /** Until another request is through, or nothing more comes. */
  async #beOvertaken(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#overtaken.push(resolve);
    await Promise.race([promise, settled()]);
  }

  #letGo(): void {
    for (const go of this.#overtaken.splice(0)) go();
  }

  #forward(request: VendorRequest): Promise<VendorAnswer> {
    const query = new URLSearchParams(request.query);
    this.#rewrite(query);
    const {
      host: _host,
      connection: _connection,
      'accept-encoding': _encoding,
      ...headers
    } = request.headers;
    const path = `${encodeURI(request.path)}${query.size === 0 ? '' : `?${query.toString()}`}`;
    const { hostname, port } = this.#vendor;
    return new Promise((resolve, reject) => {
      const asked = send({ agent: this.#agent, hostname, port, method: request.method, path, headers });
      asked.on('error', reject);
      asked.on('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const {
            'content-length': _length,
            'transfer-encoding': _chunked,
            connection: _kept,
            'keep-alive': _keep,
            ...rest
          } = answer.headers as Record<string, string>;
          const text = Buffer.concat(chunks).toString('utf8');
          const body = text === '' ? {} : { body: text };
          resolve({ status: answer.statusCode ?? 0, headers: rest, ...body });
        });
      });
      asked.end(request.text);
    });
  }
}

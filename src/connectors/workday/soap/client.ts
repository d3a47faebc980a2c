import type { HttpClient, HttpRequest, HttpResponse } from '../../../http/client.ts';
import { secretRefused } from '../../../http/failure.ts';
import { Stalled } from '../../../model/error.ts';
import { unexpectedAnswer } from '../../answers.ts';
import type { ConnectorContext } from '../../connector.ts';
import { BadXml } from '../../xml.ts';
import type { SoapConfig } from '../schema.ts';
import { fateOfFault, stillFailing } from './faults.ts';
import { envelopeOf, type Asked, type Login } from './request.ts';
import { answerIn, BadAnswer, type WorkersPage } from './response.ts';

type Context = ConnectorContext<SoapConfig>;

/** A page of 999 workers with all their parts is below; more is a mistake or an attack. */
const largestAnswer = 128 * 1024 * 1024;

/** The one operation of Human_Resources that is needed. */
export class SoapClient {
  readonly #http: HttpClient;
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
    this.#http = context.http({
      baseUrl: context.config.baseUrl,
      // The credentials stand in the envelope.
      auth: { kind: 'none' },
      // None is published; about this many were seen to be taken.
      limits: [{ requests: 10, perMs: 1000 }],
      timeoutMs: 300_000,
    });
  }

  async workers(asked: Asked, signal: AbortSignal): Promise<WorkersPage> {
    const { connection, config } = this.#context;
    const { tenant, version } = config;
    const request: HttpRequest = {
      method: 'POST',
      path: `/ccx/service/${encodeURIComponent(tenant)}/Human_Resources/${version}`,
      template: '/ccx/service/{tenant}/Human_Resources/{version}',
      // SOAP 1.1 section 6.1.1 wants the header, Workday goes by the body.
      headers: { soapaction: '""' },
      body: { text: envelopeOf(asked, config, this.#login()), mediaType: 'text/xml' },
      effect: 'read',
      expect: { text: { atMost: largestAnswer, mediaType: 'text/xml' } },
    };
    // Every fault comes with 500, those that only a person can mend too: these are not to be asked for five times.
    const first = await this.#http.request({ ...request, accept: [500] }, signal);
    const known = this.#read(first);
    if (known !== undefined && 'page' in known) return known.page;
    const final = known === undefined ? undefined : fateOfFault(known.fault, connection);
    if (final !== undefined) throw final;
    const again = this.#read(await this.#http.request(request, signal));
    if (again !== undefined && 'page' in again) return again.page;
    throw again === undefined
      ? this.#doubt('nothing')
      : (fateOfFault(again.fault, connection) ?? stillFailing(again.fault, connection));
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  /** `undefined` for a 500 that says nothing. */
  #read({ status, text = '' }: HttpResponse): ReturnType<typeof answerIn> | undefined {
    try {
      return answerIn(text);
    } catch (error) {
      if (!(error instanceof BadXml || error instanceof BadAnswer)) throw error;
      if (status >= 300) return undefined;
      throw this.#doubt(
        error instanceof BadXml ? `no XML that could be used (${error.message})` : error.message,
      );
    }
  }

  #login(): Login {
    const { connection, config, secrets } = this.#context;
    const { username, password } = secrets;
    if (username === undefined || password === undefined) {
      const message = `connection ${connection}: the credentials username and password are missing; \`api: soap\` needs them`;
      throw new Stalled('CredentialMissing', message, { connection });
    }
    try {
      const name = username.reveal(this.#http.host);
      return {
        username: name.includes('@') ? name : `${name}@${config.tenant}`,
        password: password.reveal(this.#http.host),
      };
    } catch (error) {
      throw error instanceof RangeError ? secretRefused(connection, error.message) : error;
    }
  }

  #doubt(what: string): Error {
    return unexpectedAnswer(this.#context.connection, 'Workday', what);
  }
}

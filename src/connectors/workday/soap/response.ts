import { childrenOf, firstOf, parseXml, textIn, type XmlElement } from '../../xml.ts';

/** One page of Get_Workers, with what Workday says of all pages. */
export interface WorkersPage {
  readonly page: number;
  readonly totalPages: number;
  readonly totalResults: number;
  readonly workers: readonly XmlElement[];
}

/** Something went wrong, in Workday's own words, which may quote what we sent. */
export interface Fault {
  /** `Client.authenticationError`, without the prefix of its namespace. */
  readonly code: string;
  readonly text: string;
}

/** The answer is no Get_Workers_Response, or its counts do not fit. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

/** Reads an answer. Throws `BadXml`, and `BadAnswer` where the page does not hold what it says of itself. */
export function answerIn(text: string): { readonly fault: Fault } | { readonly page: WorkersPage } {
  const body = firstOf(parseXml(text), 'Envelope', 'Body');
  const fault = firstOf(body, 'Fault');
  if (fault !== undefined) return { fault: faultOf(fault) };
  const response = firstOf(body, 'Get_Workers_Response');
  const results = firstOf(response, 'Response_Results');
  if (response === undefined || results === undefined) throw new BadAnswer('something else than workers');
  const workers = childrenOf(firstOf(response, 'Response_Data') ?? '', 'Worker');
  const page = {
    page: countIn(results, 'Page'),
    totalPages: countIn(results, 'Total_Pages'),
    totalResults: countIn(results, 'Total_Results'),
    workers,
  };
  const said = countIn(results, 'Page_Results');
  if (said !== workers.length) {
    throw new BadAnswer(`${String(workers.length)} workers on a page that says ${String(said)}`);
  }
  return { page };
}

/** SOAP 1.1 section 4.4. */
function faultOf(fault: XmlElement): Fault {
  const part = (name: string) => textIn(firstOf(fault, name) ?? '');
  return { code: part('faultcode').replace(/^.*:/, ''), text: part('faultstring') };
}

function countIn(results: XmlElement, name: string): number {
  const text = textIn(firstOf(results, name) ?? '');
  if (!/^\d{1,9}$/.test(text)) throw new BadAnswer(`no ${name}`);
  return Number(text);
}

import type { Json } from '../../../src/model/value.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import { openDocument } from '../openapi.ts';
import { Company } from './company.ts';
import { answerEmployees } from './employees.ts';
import { Consents } from './oauth.ts';
import { answerPhotos } from './photos.ts';
import { refusal } from './refusal.ts';
import { answerTraining } from './training.ts';

/** A field of the company beyond those that every company has. */
export interface BambooField {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** Left out: the number is the key. */
  readonly alias?: string;
}

export interface Bamboo {
  readonly url: string;
  readonly loopback: Loopback;
  readonly company: Company;
  readonly fields: BambooField[];
  readonly consents: Consents;
  close(): Promise<void>;
}

/** BambooHR's API on loopback, as section 9 of vendors/bamboohr.md asks for it; each request is held against the vendor's document. */
export async function startBamboo({ apiKey }: { readonly apiKey: string }): Promise<Bamboo> {
  const company = new Company();
  const fields: BambooField[] = [
    { id: 4521, name: 'Shirt size', type: 'list', alias: 'customShirtSize' },
    { id: 4522, name: 'Badge until', type: 'date' },
  ];
  const consents = new Consents();
  const loopback = await Loopback.start((request) => {
    const page = consents.answer(request);
    if (page !== undefined) return page;
    const wrong = openDocument('bamboohr.yaml')?.check(request) ?? [];
    if (wrong.length > 0) return refusal(400, wrong.join('; '));
    return answer(
      request,
      company,
      fields,
      consents.lets(request.headers['authorization']) ? undefined : apiKey,
    );
  });
  return { url: loopback.url, loopback, company, fields, consents, close: () => loopback.close() };
}

function answer(
  request: VendorRequest,
  company: Company,
  fields: readonly BambooField[],
  apiKey: string | undefined,
): VendorAnswer {
  const { headers, path, method } = request;
  const basic = Buffer.from((headers['authorization'] ?? '').replace(/^Basic /, ''), 'base64').toString();
  // The password may be anything.
  if (apiKey !== undefined && basic.split(':')[0] !== apiKey) return refusal(401, 'Invalid API key');
  const [, rest = ''] = /^\/api\/v1\/(.*)$/.exec(path) ?? [];
  const photo = answerPhotos(rest, request, company);
  if (photo !== undefined) return photo;
  if (headers['accept']?.includes('json') !== true)
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: '<employees/>' };
  if (rest === 'meta/fields' && method === 'GET')
    return { status: 200, body: [...standardFields, ...fields] };
  if (rest.startsWith('training/')) return answerTraining(rest.slice(9), request, company);
  if (rest.startsWith('employees')) return answerEmployees(rest, request, company);
  return refusal(404, 'no such path');
}

const standardFields: readonly Json[] = [
  { id: 1, name: 'First Name', type: 'text', alias: 'firstName' },
  { id: 2, name: 'Last Name', type: 'text', alias: 'lastName' },
  { id: 3, name: 'Work Email', type: 'email', alias: 'workEmail' },
  { id: 4, name: 'Nationality', type: 'list', alias: 'nationality' },
  { id: '4340.4', name: 'Asset', type: 'text' },
];

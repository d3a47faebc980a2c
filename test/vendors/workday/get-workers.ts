import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { faults, sections } from './refusal.ts';
import { child, parseRequest, type Element } from './request-xml.ts';
import { workerXml } from './worker-xml.ts';
import { asOf, visible, type Worker } from './workers.ts';

export interface Tenant {
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly domains: ReadonlySet<string>;
  /** In the order of the list, each with the moment it was entered. */
  readonly entries: () => readonly { readonly worker: Worker; readonly enteredAt: number }[];
  readonly now: () => number;
}

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const bsvc = 'urn:com.workday/bsvc';

/** Parts of the request and of each part, in the order of section 5 and of Microsoft's printed requests. */
const parts = ['Request_References', 'Request_Criteria', 'Response_Filter', 'Response_Group'];
const criteria = [
  'Transaction_Log_Criteria_Data',
  'Exclude_Employees',
  'Exclude_Contingent_Workers',
  'Exclude_Inactive_Workers',
];
const filters = ['As_Of_Effective_Date', 'As_Of_Entry_DateTime', 'Page', 'Count'];

/** `Get_Workers` of Human_Resources, as far as section 5 tells. */
export function getWorkers(tenant: Tenant, version: string, request: VendorRequest): VendorAnswer {
  const envelope = parseRequest(request.text);
  if (request.method !== 'POST' || envelope?.name !== 'Envelope' || envelope.namespace !== soap) {
    return faults.invalid('The request is no SOAP envelope.');
  }
  if (!mayEnter(tenant, child(envelope, 'Header', 'Security'))) return faults.credentials();
  if (!tenant.domains.has('Worker Data: Public Worker Reports')) return faults.notAuthorized();
  const asked = child(envelope, 'Body')?.children[0];
  const wrong = asked === undefined ? 'The body is empty.' : whatIsWrong(asked, version);
  if (asked === undefined || wrong !== undefined) return faults.invalid(wrong ?? '');
  const found = select(tenant, asked);
  return typeof found === 'string' ? faults.invalid(found) : page(tenant, asked, version, found);
}

function mayEnter({ name, username, password }: Tenant, security: Element | undefined): boolean {
  const token = child(security, 'UsernameToken');
  const given = child(token, 'Password');
  return (
    security?.namespace === wsse &&
    child(token, 'Username')?.text === `${username}@${name}` &&
    given?.text === password &&
    given.attributes.get('Type')?.endsWith('#PasswordText') === true
  );
}

function whatIsWrong(asked: Element, version: string): string | undefined {
  if (asked.name !== 'Get_Workers_Request' || asked.namespace !== bsvc)
    return `Unknown operation ${asked.name}.`;
  if (asked.attributes.get('version') !== version) return 'The version is not that of the address.';
  const groups = child(asked, 'Response_Group')?.children ?? [];
  return (
    outOfOrder(asked, parts) ??
    outOfOrder(child(asked, 'Request_Criteria'), criteria) ??
    outOfOrder(child(asked, 'Response_Filter'), filters) ??
    groups.map((flag) => wrongFlag(flag)).find((one) => one !== undefined)
  );
}

function outOfOrder(element: Element | undefined, known: readonly string[]): string | undefined {
  const names = element?.children.map(({ name }) => name) ?? [];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return `Element ${unknown} is not expected.`;
  const places = names.map((name) => known.indexOf(name));
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? -1))
    ? undefined
    : `The elements of ${element?.name ?? ''} are out of order.`;
}

function wrongFlag({ name, text }: Element): string | undefined {
  if (!/^(?:In|Ex)clude_[A-Z]\w+$/.test(name)) return `Element ${name} is not expected.`;
  return ['true', 'false', '1', '0'].includes(text) ? undefined : `The value of ${name} is no boolean.`;
}

interface Moment {
  readonly day: string;
  readonly entered: number;
}

function momentOf(tenant: Tenant, asked: Element): Moment {
  const filter = child(asked, 'Response_Filter');
  const entered = child(filter, 'As_Of_Entry_DateTime')?.text;
  const today = new Date(tenant.now()).toISOString().slice(0, 10);
  return {
    day: child(filter, 'As_Of_Effective_Date')?.text.slice(0, 10) ?? today,
    // Without it each page is as of its own moment, and the list moves while it is read (section 5).
    entered: entered === undefined ? tenant.now() : Date.parse(entered),
  };
}

/** Those who are asked for, or what is wrong with the request. */
function select(tenant: Tenant, asked: Element): readonly Worker[] | string {
  const { day, entered } = momentOf(tenant, asked);
  const known = tenant
    .entries()
    .filter(({ enteredAt }) => enteredAt <= entered)
    .map(({ worker }) => worker);
  const references = child(asked, 'Request_References');
  if (references !== undefined) return referred(known, references);
  const requirements = child(asked, 'Request_Criteria');
  const hires =
    child(requirements, 'Transaction_Log_Criteria_Data', 'Transaction_Type_References')?.children ?? [];
  const types = new Set(hires.map((one) => child(one, 'ID')?.text));
  const excludes = (name: string) => ['true', '1'].includes(child(requirements, name)?.text ?? '');
  return known.filter((worker) => {
    const isEmployee = worker.get('Worker_Type') === 'Employee';
    const isToCome = (worker.get('Hire_Date') ?? '') > day;
    const isInactive = asOf(worker, day).get('Terminated') === '1';
    // Hires to come are found by their transaction (section 5).
    if (isToCome && !types.has(isEmployee ? 'Hire Employee' : 'Contract Contingent Worker')) return false;
    if (isInactive && excludes('Exclude_Inactive_Workers')) return false;
    return !excludes(isEmployee ? 'Exclude_Employees' : 'Exclude_Contingent_Workers');
  });
}

function referred(known: readonly Worker[], references: Element): readonly Worker[] | string {
  const skips = ['true', '1'].includes(references.attributes.get('Skip_Non_Existing_Instances') ?? '');
  const found: Worker[] = [];
  for (const reference of references.children) {
    const id = child(reference, 'ID');
    const type = id?.attributes.get('type') ?? '';
    if (!['WID', 'Employee_ID', 'Contingent_Worker_ID'].includes(type)) return `Unknown ID type ${type}.`;
    const worker = known.find(
      (one) => one.get(type === 'WID' ? 'WID' : 'Employee_ID') === id?.text && isOf(one, type),
    );
    if (worker !== undefined) found.push(worker);
    else if (!skips)
      return `Invalid ID value. '${id?.text ?? ''}' is not a valid ID value for type = '${type}'`;
  }
  return found;
}

function isOf(worker: Worker, type: string): boolean {
  return type === 'WID' || (worker.get('Worker_Type') === 'Employee') === (type === 'Employee_ID');
}

function page(tenant: Tenant, asked: Element, version: string, found: readonly Worker[]): VendorAnswer {
  const filter = child(asked, 'Response_Filter');
  const count = Number(child(filter, 'Count')?.text ?? '100');
  const number = Number(child(filter, 'Page')?.text ?? '1');
  if (!Number.isInteger(count) || count < 1 || count > 999)
    return faults.invalid('Count must be from 1 to 999.', sections.model);
  if (!Number.isInteger(number) || number < 1)
    return faults.invalid('Page must be a number from 1.', sections.model);
  const flags = new Set(
    child(asked, 'Response_Group')
      ?.children.filter(({ text }) => text === 'true' || text === '1')
      .map(({ name }) => name),
  );
  const { day } = momentOf(tenant, asked);
  const workers = found
    .slice((number - 1) * count, number * count)
    .map((worker) => workerXml(visible(asOf(worker, day), tenant.domains), flags, tenant.domains));
  const results =
    `<wd:Total_Results>${String(found.length)}</wd:Total_Results><wd:Total_Pages>${String(Math.ceil(found.length / count))}</wd:Total_Pages>` +
    `<wd:Page_Results>${String(workers.length)}</wd:Page_Results><wd:Page>${String(number)}</wd:Page>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body:
      `<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="${soap}"><env:Body>` +
      `<wd:Get_Workers_Response xmlns:wd="${bsvc}" wd:version="${version}">` +
      `<wd:Response_Results>${results}</wd:Response_Results>` +
      `<wd:Response_Data>${workers.join('')}</wd:Response_Data>` +
      '</wd:Get_Workers_Response></env:Body></env:Envelope>',
  };
}

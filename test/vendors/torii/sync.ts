import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { newId, type AppUser, type License, type ToriiState } from './state.ts';
import { Refusal, sections } from './refusal.ts';

const mostBytes = 3 * 1024 * 1024;
const types = ['attachment', 'expenseReport', 'customIntegrationData', 'plugin'];

/** `POST /files/upload`: a form with the file and its type. */
export function uploadFile(request: VendorRequest, state: ToriiState): VendorAnswer {
  const parts = partsOf(request);
  const [file, type] = [parts.get('file'), parts.get('type')];
  if (file === undefined || type === undefined || !types.includes(type))
    throw new Refusal(400, sections.sync, '"file" and "type" are required');
  if (Buffer.byteLength(file) > mostBytes)
    throw new Refusal(413, sections.sync, 'Payload content length greater than maximum allowed');
  return { status: 200, body: { id: keep(state, type, file) } };
}

/** `GET /files/url`: where a large file is put, which is no address of the API. */
export function fileAddress({ query }: VendorRequest, origin: string): VendorAnswer {
  const filePath = `1795000000000/${query.get('name') ?? ''}`;
  const url = `${origin}/bucket/${filePath}?X-Amz-Signature=0123`;
  return { status: 200, body: { uploadFileParameters: { url, filePath } } };
}

/** `PUT` to that address: the storage takes what its address was signed for, and knows no key of the API. */
export function putStored({ path, text, query, headers }: VendorRequest, state: ToriiState): VendorAnswer {
  const isSigned = query.get('X-Amz-Signature') === '0123' && headers['authorization'] === undefined;
  if (!isSigned) return { status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error/>' };
  state.stored.set(path.replace('/bucket/', ''), text);
  return { status: 200 };
}

/** `POST /files`: tells Torii of what was put there. */
export function registerFile({ json }: VendorRequest, state: ToriiState): VendorAnswer {
  const { path, type } = json as { path: string; type: string };
  const text = state.stored.get(path);
  if (text === undefined) throw new Refusal(400, sections.sync, 'File not found');
  return { status: 200, body: { id: keep(state, type, text) } };
}

/** `PUT /services/sync/custom`: the file is judged at once, and taken over some time later. One at a time. */
export function startSync({ json }: VendorRequest, state: ToriiState): VendorAnswer {
  finishSync(state);
  const { idFile, idAppAccount } = json as { idFile: number; idAppAccount: number };
  if (!state.accounts.has(idAppAccount)) throw new Refusal(404, sections.sync, 'App account not found');
  const file = state.files.get(idFile);
  if (file?.type !== 'customIntegrationData') throw new Refusal(404, sections.sync, 'File not found');
  if (state.sync !== undefined) throw new Refusal(409, sections.sync, 'Sync is already running');
  const { users } = parsed(file.text);
  const wrong = users.findIndex((user) => faultOf(user) !== undefined);
  if (wrong >= 0 && state.invalid === 'refused')
    throw new Refusal(400, sections.sync, `"users[${wrong}].${faultOf(users[wrong] ?? {}) ?? ''}`);
  if (users.every((user) => faultOf(user) !== undefined))
    throw new Refusal(400, sections.sync, '"users" must contain at least 1 valid user');
  state.sync = { idAppAccount, text: file.text, doneAt: state.now() + state.syncMs };
  return { status: 200, body: { success: true } };
}

/** Takes the file over that is on the way, when its time has come. The whole of it is the new state. */
export function finishSync(state: ToriiState): void {
  const { sync } = state;
  if (sync === undefined || state.now() < sync.doneAt) return;
  state.sync = undefined;
  const { users, licenses } = parsed(sync.text);
  const valid = users.filter((user) => faultOf(user) === undefined);
  const ofAccount = state.appUsers.filter((one) => one.idAppAccount === sync.idAppAccount);
  const known = {
    byId: new Map(ofAccount.map((one) => [one.idExternalUser, one])),
    byEmail: new Map(ofAccount.map((one) => [one.email, one])),
    held: heldIn(licenses),
  };
  const named = new Set(valid.map((user) => take(user, known, sync.idAppAccount, state)));
  for (const one of ofAccount) if (!named.has(one) && state.absent === 'removed') one.status = 'deleted';
  state.licenses.set(sync.idAppAccount, licenses.map(licenseOf));
}

interface Known {
  readonly byId: ReadonlyMap<string | null, AppUser>;
  readonly byEmail: ReadonlyMap<string, AppUser>;
  readonly held: ReadonlyMap<
    string,
    readonly { readonly name: string; readonly status: string | undefined }[]
  >;
}

interface FileUser {
  readonly id?: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly status?: 'active' | 'deleted';
  readonly externalStatus?: string;
  readonly roles?: readonly string[];
  readonly lastUsedDate?: string;
}

interface FileLicense {
  readonly name: string;
  readonly unassignedAmount?: number;
  readonly pricePerUser?: number;
  readonly users?: readonly { readonly email: string; readonly licenseStatus?: string }[];
}

function parsed(text: string): { users: readonly FileUser[]; licenses: readonly FileLicense[] } {
  const file = JSON.parse(text) as { users?: readonly FileUser[]; licenses?: readonly FileLicense[] };
  if (!Array.isArray(file.users)) throw new Refusal(400, sections.sync, '"users" is required');
  return { users: file.users, licenses: file.licenses ?? [] };
}

/** What is wrong with a user of a file, behind its place; words as hapi's validation has them. */
function faultOf(user: FileUser): string | undefined {
  if (user.email === undefined) return 'email" is required';
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(user.email)) return 'email" must be a valid email';
  if (user.status !== undefined && !['active', 'deleted'].includes(user.status))
    return 'status" must be one of [active, deleted]';
  if (user.lastUsedDate !== undefined && !/^\d{4}-\d{2}-\d{2}/.test(user.lastUsedDate))
    return 'lastUsedDate" must be in ISO 8601 date format';
  return undefined;
}

/** Licences by the address of whoever has them. */
function heldIn(licenses: readonly FileLicense[]): Known['held'] {
  const held = new Map<string, { name: string; status: string | undefined }[]>();
  for (const { name, users = [] } of licenses) {
    for (const { email, licenseStatus: status } of users) {
      const address = email.toLowerCase();
      held.set(address, [...(held.get(address) ?? []), { name, status }]);
    }
  }
  return held;
}

function take(user: FileUser, known: Known, idAppAccount: number, state: ToriiState): AppUser {
  const email = (user.email ?? '').toLowerCase();
  const status = user.status ?? 'active';
  const there = (user.id === undefined ? undefined : known.byId.get(user.id)) ?? known.byEmail.get(email);
  const held = known.held.get(email) ?? [];
  const values = {
    idExternalUser: user.id ?? null,
    email,
    firstName: user.firstName ?? null,
    lastName: user.lastName ?? null,
    status,
    externalStatus: user.externalStatus ?? null,
    role: user.roles?.join(', ') ?? null,
    lastVisitTime: user.lastUsedDate === undefined ? null : new Date(user.lastUsedDate).toISOString(),
    licenses: held.map((one) => ({ name: one.name, status: one.status ?? status })),
  };
  if (there !== undefined) return Object.assign(there, values);
  const made: AppUser = { idAppAccount, score: newId(state), ...values };
  state.appUsers.push(made);
  return made;
}

function licenseOf({ name, unassignedAmount, pricePerUser }: FileLicense): License {
  return { name, unassignedAmount: unassignedAmount ?? null, pricePerUser: pricePerUser ?? null };
}

function keep(state: ToriiState, type: string, text: string): number {
  const id = newId(state);
  state.files.set(id, { type, text });
  return id;
}

/** The parts of a form (RFC 7578) by name, as text. */
function partsOf({ headers, text }: VendorRequest): ReadonlyMap<string, string> {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return new Map();
  const parts = text.split(`--${boundary}`).slice(1, -1);
  return new Map(
    parts.map((part) => {
      const [head = '', ...body] = part.split('\r\n\r\n');
      const name = /name="([^"]+)"/.exec(head)?.[1] ?? '';
      return [name, body.join('\r\n\r\n').replace(/\r\n$/, '')];
    }),
  );
}

import type { Json } from '../../../src/model/value.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../../vendors/loopback.ts';

export interface Rollcall {
  readonly url: string;
  readonly loopback: Loopback;
  readonly people: Map<string, Readonly<Record<string, Json>>>;
}

/** Rollcall on loopback: three people to a page; it refuses what it does not know and addresses that are in use. */
export async function startRollcall(apiKey: string): Promise<Rollcall> {
  const people: Rollcall['people'] = new Map();
  const loopback = await Loopback.start((request) =>
    request.headers['x-api-key'] === apiKey ? answer(people, request) : refused(401, 'The key is not valid.'),
  );
  return { url: `${loopback.url}/v1`, loopback, people };
}

function answer(people: Rollcall['people'], { method, path, query, json }: VendorRequest): VendorAnswer {
  const [, version, root, id] = path.split('/');
  if (version !== 'v1' || root !== 'people') return refused(404, 'There is no such path.');
  if (method === 'GET' && id === undefined) return listPeople(people, Number(query.get('page')));
  const known = id === undefined ? {} : people.get(id);
  if (known === undefined) return refused(404, 'There is no such person.');
  if (method !== (id === undefined ? 'POST' : 'PATCH')) return refused(405, 'There is no such method.');
  const sent = json as Readonly<Record<string, Json>>;
  const unknown = Object.keys(sent).find((name) => !['email', 'name', 'team', 'active'].includes(name));
  if (unknown !== undefined) return refused(422, `The field ${unknown} is unknown.`);
  const now = { active: true, shoeSize: null, ...known, ...sent };
  const email = String('email' in now ? now.email : '').toLowerCase();
  if (!email.includes('@')) return refused(422, 'The email is invalid.');
  const key = id ?? String(people.size + 1);
  const isTaken = [...people].some(([other, person]) => other !== key && person['email'] === email);
  if (isTaken) return refused(409, `The email ${email} is already in use.`);
  people.set(key, { ...now, id: key, email });
  return { status: id === undefined ? 201 : 200, body: people.get(key) };
}

function listPeople(people: Rollcall['people'], page: number): VendorAnswer {
  if (!Number.isInteger(page) || page < 1) return refused(422, 'The page is invalid.');
  const all = [...people.values()];
  return { status: 200, body: { people: all.slice((page - 1) * 3, page * 3), total: all.length } };
}

function refused(status: number, message: string): VendorAnswer {
  return { status, body: { message } };
}

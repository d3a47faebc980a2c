import { onTestFinished } from 'vitest';
import type { Person } from '../people/people.ts';
import { inventPeople } from '../people/people.ts';
import { openHouse, type House } from '../training/house.ts';
import { startBamboo, type Bamboo } from '../vendors/bamboohr/server.ts';
import { startPersonio, type Personio } from '../vendors/personio/server.ts';

const specs = `---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: personio }
spec:
  connector: personio
  config: { baseUrl: { env: PERSONIO } }
  credentials: { clientId: { env: ID }, clientSecret: { env: HUSH } }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: bamboo }
spec:
  connector: bamboohr
  config: { companyDomain: acme, baseUrl: { env: BAMBOO } }
  credentials: { apiKey: { env: KEY } }
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: staff }
spec:
  mode: full
  direction: { from: personio, to: bamboo }
  who: ['true']
  identity: { employee_number: text(source.id) }
  attributes:
    first_name: source.first_name
    last_name: source.last_name
    photo: source.profile_picture
`;

/** Personio and BambooHR with three people in the first, the real connectors, and a real store. */
export interface Office extends House {
  readonly hr: Personio;
  readonly bamboo: Bamboo;
  readonly people: readonly [Person, Person, Person];
  /** A new picture in Personio, at the width that is asked for. */
  give(person: Person, picture: (width: number) => Uint8Array): void;
  /** What BambooHR holds for the person, as it was uploaded. */
  photoOf(person: Person): Uint8Array | undefined;
  /** How often a photo was sent since the last look. */
  uploads(): number;
  /** How often a picture was read since the last look. */
  reads(): number;
}

export async function openOffice(): Promise<Office> {
  const [ada, bo, cy] = inventPeople({ count: 3, seed: 8 });
  if (ada === undefined || bo === undefined || cy === undefined) throw new Error('nobody was invented');
  const hr = await startPersonio({ people: [ada, bo, cy], clientId: 'us', clientSecret: 'hush' });
  const bamboo = await startBamboo({ apiKey: 'invented' });
  onTestFinished(async () => void (await Promise.all([hr.close(), bamboo.close()])));
  const env = { PERSONIO: hr.url, ID: 'us', HUSH: 'hush', BAMBOO: bamboo.url, KEY: 'invented' };
  const house = await openHouse(specs, {}, env);
  let changes = 0;
  let seen = { uploads: 0, reads: 0 };
  const counts = {
    uploads: () => bamboo.loopback.writes().filter(({ path }) => path.endsWith('/photo')).length,
    reads: () => hr.loopback.log.filter(({ path }) => path.includes('profile-picture')).length,
  };
  const since = (what: 'uploads' | 'reads') => {
    const before = seen[what];
    seen = { ...seen, [what]: counts[what]() };
    return seen[what] - before;
  };
  return {
    ...house,
    hr,
    bamboo,
    people: [ada, bo, cy],
    give({ number }, picture) {
      hr.pictures.set(number, picture);
      changes += 1;
      const day = String(10 + changes);
      hr.employees.get(number)?.set('last_modified_at', `2026-11-${day}`);
    },
    photoOf({ number }) {
      const employees = [...bamboo.company.employees];
      const id = employees.find(([, one]) => one.get('employeeNumber') === String(number))?.[0];
      return id === undefined ? undefined : bamboo.company.photos.get(id);
    },
    uploads: () => since('uploads'),
    reads: () => since('reads'),
  };
}

import { expect, test } from 'vitest';
import { catalogOf, connectors } from '../../src/connectors/registry.ts';
import { findingsOf, folderWith, load } from './folder.ts';

const real = { catalog: catalogOf(connectors) };

const specs = (photo: string, more = '') => `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: personio }
spec:
  connector: personio
  credentials: { clientId: { env: ID }, clientSecret: { env: HUSH } }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: bamboo }
spec:
  connector: bamboohr
  config: { companyDomain: acme }
  credentials: { apiKey: { env: KEY } }
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: staff }
spec:
  direction: { from: personio, to: bamboo }
  who: ['true']
  identity: { employee_number: text(source.id) }
${more}  attributes:
    first_name: source.first_name
    last_name: source.last_name
${photo}`;

test('a picture is passed on, compared by what was sent, and not asked of the target', async () => {
  const folder = await folderWith({ 'a.yaml': specs('    photo: source.profile_picture\n') });
  const sync = (await load(folder, real)).specs.syncs.get('staff');
  expect(sync?.attributes.find(({ name }) => name === 'photo')).toMatchObject({
    policy: 'enforce',
    onNull: 'keep',
    class: 'personal',
  });
  expect(sync?.sourceWant.attributes).toContain('profile_picture');
  expect(sync?.targetWant.attributes).not.toContain('photo');
});

test.each<[string, string, string, string]>([
  ['an address', '    photo: source.email\n', '', '"photo" takes picture; this gives text'],
  ['a picture as text', '    city: source.profile_picture\n', '', '"city" takes text; this gives picture'],
  ['a constant', '    photo: { constant: face.png }\n', '', '"photo" takes picture, not "face.png"'],
  ['a secret', '    photo: { generate: secret }\n', '', 'what is generated is text'],
  [
    'a picture to be cleared',
    '    photo: { value: source.profile_picture, onNull: clear }\n',
    '',
    'no request takes a picture away',
  ],
  [
    'a picture as a seed',
    '    photo: { value: source.profile_picture, policy: seed }\n',
    '',
    "can't have the policy seed",
  ],
  [
    'a person known by their picture',
    '',
    '  match: [{ photo: source.profile_picture }]\n',
    "can't be read back, so it can't be compared",
  ],
  ['a condition on a picture', '', '  status: { value: source.profile_picture, here: [a] }\n', 'picture'],
])('%s is refused', async (_, photo, more, message) => {
  const findings = await findingsOf({ 'a.yaml': specs(photo, more) }, real);
  expect(findings.join('\n')).toContain(message);
});

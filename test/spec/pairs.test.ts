import { describe, expect, test } from 'vitest';
import { findingsOf, folderWith, load } from './folder.ts';

const connections = `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: hr }
spec: { connector: hris }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: lms }
spec: { connector: academy }
---
`;

const sync = (name: string, spec: string) =>
  `apiVersion: rosterd.dev/v1\nkind: Sync\nmetadata: { name: ${name} }\nspec:\n${spec}---\n`;

const staff = (more = '') =>
  sync(
    'staff',
    `  direction: { from: hr, to: lms }\n  mode: full\n  identity: { hr_id: source.id }\n  attributes: { first_name: source.first_name }\n${more}`,
  );

const back = (
  more = '  attributes: { phone: source.phone }\n',
  direction = 'from: lms, to: hr, twoWayWith: staff',
) =>
  sync('back', `  direction: { ${direction} }\n  who: ["true"]\n  identity: { lms_id: source.id }\n${more}`);

const filesOf = (text: string) => ({ 'a.yaml': (connections + text).replace(/---\n$/, '') });

const told = async (text: string) => await findingsOf(filesOf(text));

async function pair(text: string) {
  const { specs } = await load(await folderWith(filesOf(text)));
  const of = (name: string) => specs.syncs.get(name);
  return { staff: of('staff'), back: of('back') };
}

/** Attributes of the direction that leads which the other writes once. */
const written = async (text: string) => [
  ...((await pair(staff() + back(text))).staff?.pair?.writtenOnce ?? []),
];
const named = (policy: string) =>
  `  attributes: { first_name: { value: source.first_name, policy: ${policy} } }\n`;

describe('a pair', () => {
  test('is printed as one, creates only in the direction that gives way, and knows who leads', async () => {
    const { staff: leads, back: follows } = await pair(staff() + back());
    expect([leads?.direction, follows?.direction]).toEqual(['hr ⇄ lms', 'lms ⇄ hr']);
    expect([leads?.mode, follows?.mode]).toEqual(['full', 'create-only']);
    expect(leads?.pair).toMatchObject({ partner: 'back', role: 'leads', partnerEnds: false });
    expect(follows?.pair).toMatchObject({ partner: 'staff', role: 'follows', partnerEnds: false });
  });

  test('knows which of its attributes are made of what the other writes', async () => {
    const returns = back(
      '  mode: upsert\n  attributes: { phone: source.phone, first_name: { value: source.first_name, policy: follow } }\n',
    );
    const { staff: leads, back: follows } = await pair(staff() + returns);
    expect([...(leads?.pair?.returning ?? [])]).toEqual(['first_name']);
    expect([...(follows?.pair?.returning ?? [])]).toEqual(['first_name']);
  });

  test('knows which of them the other writes once, and which it goes on with', async () => {
    expect(await written(named('enforce'))).toEqual(['first_name']);
    expect(await written(`  mode: upsert\n${named('seed')}`)).toEqual(['first_name']);
    expect(await written(`  mode: upsert\n${named('follow')}`)).toEqual([]);
  });

  test('knows whether the one that gives way may end people', async () => {
    const ends = back(
      '  mode: full\n  attributes: {}\n  status: { value: source.status, here: [active], left: [inactive] }\n',
    );
    expect((await pair(staff() + ends)).staff?.pair?.partnerEnds).toBe(true);
  });

  test('may map the same attributes both ways as long as one direction only creates', async () => {
    const { back: follows } = await pair(staff() + back('  attributes: { first_name: source.first_name }\n'));
    expect(follows?.mode).toBe('create-only');
  });
});

test.each([
  ['the other sync is not there', staff() + back(undefined, 'from: lms, to: hr, twoWayWith: stuff')],
  ['a sync names itself', staff() + back(undefined, 'from: lms, to: hr, twoWayWith: back')],
  [
    'the other flows the same way',
    staff() +
      sync(
        'again',
        '  direction: { from: hr, to: lms, twoWayWith: staff }\n  identity: { hr_id: source.id }\n',
      ),
  ],
  ['both name each other', staff().replace('to: lms }', 'to: lms, twoWayWith: back }') + back()],
  ['two are the other direction of one', staff() + back() + back().replace('name: back', 'name: also')],
  [
    'one attribute is enforced in both directions',
    staff('  match: [{ email: source.email }]\n') +
      back('  mode: upsert\n  attributes:\n    first_name: source.first_name\n'),
  ],
  ['anybody would become an employee', staff() + back().replace('  who: ["true"]\n', '')],
  [
    'two syncs of one target have the same rank',
    staff('  precedence: 1\n') + staff('  precedence: 1\n').replace('name: staff', 'name: interns'),
  ],
])('said with its place: %s', async (_name, text) => {
  const findings = await told(text);
  expect(findings).not.toEqual([]);
  expect(`\n${findings.join('\n')}\n`).toMatchSnapshot();
});

test('syncs with a precedence know the others that take part, and are not warned about each other', async () => {
  const text =
    staff('  precedence: 1\n') +
    staff('  precedence: 2\n').replace('name: staff', 'name: interns') +
    staff('  precedence: 3\n  suspend: true\n').replace('name: staff', 'name: guests');
  expect(await told(text)).toEqual([]);
  const { specs } = await load(await folderWith(filesOf(text)));
  const rivals = [...specs.syncs.values()].map(({ name, rivals: of = [] }) =>
    [name, ...[...of].flat()].join(' '),
  );
  expect(rivals).toEqual(['staff interns 2', 'interns staff 1', 'guests staff 1 interns 2']);
});

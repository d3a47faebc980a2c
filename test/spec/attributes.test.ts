import { describe, expect, test } from 'vitest';
import { connections, findingsOf, folderWith, load, syncWith } from './folder.ts';

async function compiled(attributes: string) {
  const folder = await folderWith({ 'a.yaml': connections + syncWith('', attributes) });
  const sync = (await load(folder)).specs.syncs.get('staff');
  if (sync === undefined) throw new Error('there is no such sync');
  const named = (name: string) => sync.attributes.find((one) => one.name === name);
  return { sync, named };
}

test('a list is our own unless it says otherwise, and tolerates what it names', async () => {
  const own = await compiled('    custom.groups: { value: "[source.city]", tolerate: ["^x-", "manual$"] }\n');
  const { kind, tolerates = () => undefined } = own.named('custom.groups')?.collection ?? {};
  expect([kind, ...['x-1', 'ax-1', 'by manual'].map(tolerates)]).toEqual(['own', true, false, true]);
  const merged = await compiled('    custom.groups: { value: "[source.city]", collection: merge }\n');
  expect(merged.named('custom.groups')?.collection?.kind).toBe('merge');
  expect(merged.named('email')).not.toHaveProperty('collection');
});

test('a choice, a generated value and an attribute of somebody’s account say what they are', async () => {
  const { named, sync } = await compiled(
    [
      '    custom.division: { value: \'unique([source.department, source.ssn], "counter")\', policy: seed }',
      '    jobTitle: { generate: { digits: 6 }, policy: seed }',
      '    city: { generate: uuid }',
      '    custom.manager: { person: source.supervisor.id, as: custom.ssn }',
      '',
    ].join('\n'),
  );
  expect(named('custom.division')).toMatchObject({
    result: { kind: 'unique', counter: true },
    policy: 'seed',
    class: 'sensitive',
  });
  expect(named('jobTitle')).toMatchObject({
    result: { kind: 'generate', what: { digits: 6 } },
    policy: 'seed',
    text: 'generate: {"digits":6}',
  });
  expect(named('city')).toMatchObject({ result: { what: 'uuid' }, policy: 'enforce' });
  expect(named('custom.manager')?.result).toMatchObject({ kind: 'person', as: 'custom.ssn' });
  expect(sync.targetWant.attributes).toContain('custom.ssn');
});

const digestOf = async (rule: string) =>
  (await compiled(`    custom.groups: { value: "[source.city]"${rule} }\n`)).sync.digest;

describe('the digest of the rules', () => {
  test('changes with everything that changes what is written, and with nothing else', async () => {
    const rules = ['', ', collection: merge', ', collection: append', ', tolerate: [a]', ', tolerate: [b]'];
    const digests = await Promise.all(rules.map(digestOf));
    expect(new Set(digests).size).toBe(rules.length);
    expect(await digestOf(', collection: own')).toBe(digests[0]);
  });
});

const list = (kind: string) => `    custom.groups: { value: "[source.city]", collection: ${kind} }\n`;
const seeds = (text: string) =>
  text.replaceAll(/^ {4}(first_name|last_name|email|login): (\S+)$/gm, '    $1: { value: $2, policy: seed }');

const two = async (one: string, other: string) => {
  const second = syncWith('', list(other)).replace('name: staff', 'name: interns');
  const files = { 'a.yaml': `${connections}${syncWith('', list(one))}---\n${seeds(second)}` };
  return (await findingsOf(files)).filter((finding) => finding.includes('spec/overlap'));
};

describe('two syncs that write one list', () => {
  test.each([
    ['merge', 'append', 0],
    ['merge', 'own', 1],
    ['own', 'own', 1],
  ])('%s and %s undo each other: %d', async (one, other, warnings) => {
    expect(await two(one, other)).toHaveLength(warnings);
  });
});

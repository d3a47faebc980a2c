import { beforeEach, describe, expect, test } from 'vitest';
import { planMarkdown } from '../../../src/cli/render/plan-markdown.ts';
import { planReport } from '../../../src/cli/render/plan-report.ts';
import { planText } from '../../../src/cli/render/plan-text.ts';
import { lookAtBoth } from '../../../src/reconcile/look.ts';
import { reconcile } from '../../../src/reconcile/reconcile.ts';
import { Building, syncOf } from './building.ts';

const of = (name: string, from: string, precedence: number, more: string) =>
  syncOf(
    name,
    `  direction: { from: ${from}, to: lms }
  mode: full
  precedence: ${precedence}
  identity: { hr_id: source.id }
  match: [{ email: source.email }]
  attributes: { first_name: source.first_name, email: { value: source.email, policy: seed } }
  status: { value: source.status, here: [active], left: [inactive] }
  dates: { starts: source.hire_date }
${more}`,
  );

const specs = (more = '') => of('berlin', 'first', 1, more) + of('paris', 'second', 2, more);

let building: Building;
beforeEach(async () => {
  building = await open();
});

async function open(more = ''): Promise<Building> {
  return await Building.open({ first: 'hris', second: 'hris', lms: 'academy' }, specs(more));
}

/** Ada works for both houses; what Berlin says of her is what counts. */
async function adaInBoth(): Promise<void> {
  building.system('first').add({ email: 'ada@example.com', first_name: 'Ada of Berlin' });
  building.system('second').add({ email: 'ada@example.com', first_name: 'Ada of Paris' });
  await building.pass('berlin');
  await building.pass('paris');
  building.wrote();
}

async function says(name: string): Promise<readonly string[]> {
  const { plan } = await lookAtBoth(building.deps(name), new AbortController().signal);
  return plan.verdicts.map(
    ({ personId, situation, attention, reason }) =>
      `${personId ?? ''} is ${situation}${attention ? '!' : ''} (${reason})`,
  );
}

async function owners(): Promise<readonly string[]> {
  return [...(await building.store.owners('lms'))].map(([account, { sync }]) => `${account} ${sync}`);
}

const name = () => building.system('lms').by('ada@example.com').values.get('first_name');
const isActive = () => building.system('lms').by('ada@example.com').active;

describe('several HR systems of one target', () => {
  test('the one with the lower number decides, and the other leaves the account alone without a word to anybody', async () => {
    await adaInBoth();
    await building.pass('paris');
    expect(building.wrote()).toEqual([]);
    expect(name()).toBe('Ada of Berlin');
    expect(await says('paris')).toEqual(['second-1 is foreign (sync "berlin" has precedence)']);
    expect(await owners()).toEqual(['lms-1 berlin']);
  });

  test('whoever leaves the house that decides and works for the other keeps the account, which goes on there', async () => {
    await adaInBoth();
    building.system('first').get('first-1').active = false;

    expect(await says('berlin')).toEqual([
      'first-1 is left (left here; sync "paris" goes on with the account)',
    ]);
    const outcome = await building.pass('berlin');
    expect(building.wrote()).toEqual([]);
    expect(outcome.summary.changes).toEqual([]);
    expect(await owners()).toEqual(['lms-1 paris']);
    const [link] = await building.store.links('paris');
    expect(link?.linkedAt).toBe(link?.writtenAt);

    await building.pass('paris');
    expect(building.wrote()).toEqual(['update lms-1 first_name hr_id']);
    expect([name(), isActive()]).toEqual(['Ada of Paris', true]);
    for (const sync of ['berlin', 'paris', 'berlin', 'paris']) await building.pass(sync);
    expect(building.wrote()).toEqual([]);
  });

  test('and whoever reads the plan sees before it happens who is given to whom', async () => {
    await adaInBoth();
    building.system('first').get('first-1').active = false;
    const { sync } = building.deps('berlin');
    const { plan, judgement } = await lookAtBoth(building.deps('berlin'), new AbortController().signal);
    const report = planReport(sync, 'r1', plan, { ...judgement, heldSince: null }, 'internal');
    expect(report.handOvers).toEqual([
      { personId: 'first-1', accountId: 'lms-1', to: { sync: 'paris', personId: 'second-1' } },
    ]);
    const said = 'hand over first-1, account lms-1, to person second-1 of sync paris';
    expect(planText(report, false)).toContain(`  > ${said}\n`);
    expect(planText(report, false)).toContain('Nothing to do; 1 to hand over to another sync');
    expect(planMarkdown(report)).toContain(said);
  });

  test('also where a pass looks at them alone, so that the other finds out whether they have left there too', async () => {
    await adaInBoth();
    for (const [system, id] of [['first', 'first-1'] as const, ['second', 'second-1'] as const])
      building.system(system).get(id).active = false;
    const alone = { ...building.deps('berlin'), only: new Set(['first-1']), trigger: 'webhook' as const };
    await reconcile(alone, new AbortController().signal);
    expect(await owners()).toEqual(['lms-1 paris']);
    await building.pass('paris');
    expect(isActive()).toBe(false);
  });

  test('so it is with somebody who falls out of its scope', async () => {
    building = await open('  who: [\'source.first_name != "Gone"\']\n');
    await adaInBoth();
    building.system('first').get('first-1').values.set('first_name', 'Gone');
    await building.pass('berlin');
    expect(await owners()).toEqual(['lms-1 paris']);
  });

  test('and with somebody who vanished, once the time allowed is over', async () => {
    await adaInBoth();
    building.system('first').add({ email: 'bea@example.com', first_name: 'Bea' });
    building.system('first').entries.delete('first-1');
    await building.pass('berlin');
    expect(await owners()).toContain('lms-1 berlin');
    await building.clock.advance(8 * 86_400_000);
    await building.pass('paris');
    await building.pass('berlin');
    expect(await owners()).toContain('lms-1 paris');
    expect(isActive()).toBe(true);
  });

  test('whoever comes back to the house that decides is taken over again, in one step', async () => {
    await adaInBoth();
    building.system('first').get('first-1').active = false;
    await building.pass('berlin');
    await building.pass('paris');
    building.wrote();
    building.system('first').get('first-1').active = true;

    await building.pass('berlin');

    expect(building.wrote()).toEqual(['update lms-1 first_name hr_id']);
    expect(await owners()).toEqual(['lms-1 berlin']);
    await building.pass('paris');
    await building.pass('berlin');
    expect(building.wrote()).toEqual([]);
    expect(name()).toBe('Ada of Berlin');
  });

  test('whoever is taken over and let go again at once goes back to the house that had them', async () => {
    building.system('second').add({ email: 'ada@example.com', first_name: 'Ada of Paris' });
    await building.pass('paris');
    building.system('first').add({ email: 'ada@example.com', first_name: 'Ada of Berlin' });
    await building.pass('berlin');
    expect(await owners()).toEqual(['lms-1 berlin']);

    building.system('first').get('first-1').active = false;
    await building.pass('berlin');

    expect([await owners(), isActive()]).toEqual([['lms-1 paris'], true]);
    for (const sync of ['paris', 'berlin', 'paris']) await building.pass(sync);
    expect([name(), isActive()]).toEqual(['Ada of Paris', true]);
  });

  test('whoever left both houses and comes back to the second gets the account back, with its identity there', async () => {
    await adaInBoth();
    building.system('first').get('first-1').active = false;
    building.system('second').get('second-1').active = false;
    for (const sync of ['berlin', 'paris']) await building.pass(sync);
    expect([await owners(), isActive()]).toEqual([[], false]);

    building.system('second').get('second-1').active = true;
    await building.pass('paris');

    expect([await owners(), isActive(), name()]).toEqual([['lms-1 paris'], true, 'Ada of Paris']);
    await building.pass('paris');
    expect((await building.pass('paris')).summary.result).toBe('settled');
  });

  test('but not to a house that has looked since and does not have them any more', async () => {
    building.system('second').add({ email: 'ada@example.com', first_name: 'Ada of Paris' });
    await building.pass('paris');
    building.system('first').add({ email: 'ada@example.com', first_name: 'Ada of Berlin' });
    await building.pass('berlin');
    building.system('second').get('second-1').active = false;
    await building.pass('paris');
    building.system('first').get('first-1').active = false;
    await building.pass('berlin');
    expect(isActive()).toBe(false);
  });

  test('somebody whom the other house had first is taken over when the one that decides hires them', async () => {
    building.system('second').add({ email: 'ada@example.com', first_name: 'Ada of Paris' });
    await building.pass('paris');
    building.system('first').add({ email: 'ada@example.com', first_name: 'Ada of Berlin' });

    await building.pass('berlin');

    expect(building.wrote()).toEqual([
      'create lms-1 email first_name hr_id',
      'update lms-1 first_name hr_id',
    ]);
    expect(building.system('lms').entries.size).toBe(1);
    expect(await says('paris')).toEqual(['second-1 is foreign (sync "berlin" has precedence)']);
  });

  test('somebody of the house that waits has their manager, whose account the other house has', async () => {
    const managed = specs().replaceAll('attributes: {', 'attributes: { phone: { person: source.phone },');
    building = await Building.open({ first: 'hris', second: 'hris', lms: 'academy' }, managed);
    await adaInBoth();
    building.system('second').add({ email: 'bea@example.com', first_name: 'Bea', phone: 'second-1' });
    await building.pass('paris');
    const manager = () => building.system('lms').by('bea@example.com').values.get('phone');
    expect(manager()).toBe('lms-1');
    building.wrote();
    await building.pass('paris');
    expect(building.wrote()).toEqual([]);

    // A second Ada of the same address: whose account it is, is not certain any more, and Bea keeps what she has.
    building.system('second').add({ email: 'ada@example.com', first_name: 'Ada the Second' });
    building.system('second').add({ email: 'cleo@example.com', first_name: 'Cleo', phone: 'second-1' });
    await building.pass('paris');
    expect(building.system('lms').by('cleo@example.com').values.get('phone')).toBeUndefined();
    expect(manager()).toBe('lms-1');
  });

  test('whoever has left both houses is disabled', async () => {
    await adaInBoth();
    building.system('second').get('second-1').active = false;
    await building.pass('paris');
    building.system('first').get('first-1').active = false;
    await building.pass('berlin');
    expect(building.wrote()).toEqual(['disable lms-1']);
  });

  test('a house that has left, too, in a reading which its own pass has not seen yet disables after it was given the account', async () => {
    await adaInBoth();
    building.system('first').get('first-1').active = false;
    building.system('second').get('second-1').active = false;
    await building.pass('berlin');
    await building.pass('paris');
    expect(building.wrote()).toEqual(['disable lms-1']);
  });

  test('what was last seen more than a week ago keeps nobody in', async () => {
    await adaInBoth();
    await building.clock.advance(8 * 86_400_000);
    building.system('first').get('first-1').active = false;
    await building.pass('berlin');
    expect(building.wrote()).toEqual(['disable lms-1']);
  });

  test('somebody who starts elsewhere in a month is out until then, who starts tomorrow stays in', async () => {
    for (const [day, order] of [
      ['2026-12-22', ['disable lms-1']],
      ['2026-11-23', []],
    ] as const) {
      building = await open();
      building.system('first').add({ email: 'ada@example.com', first_name: 'Ada' });
      building.system('second').add({ email: 'ada@example.com', first_name: 'Ada', hire_date: day });
      await building.pass('berlin');
      await building.pass('paris');
      building.wrote();
      building.system('first').get('first-1').active = false;
      await building.pass('berlin');
      expect(building.wrote()).toEqual(order);
    }
  });

  test('a mass exit from one house to the other is no mass exit', async () => {
    for (let at = 0; at < 20; at += 1) {
      const person = { email: `p${at}@example.com`, first_name: `P${at}` };
      building.system('first').add(person);
      building.system('second').add(person);
    }
    await building.pass('berlin');
    await building.pass('paris');
    building.wrote();
    for (const entry of building.system('first').entries.values()) entry.active = false;
    const outcome = await building.pass('berlin');
    expect([outcome.held, building.wrote()]).toEqual([[], []]);
    expect((await owners()).every((one) => one.endsWith('paris'))).toBe(true);
  });

  test('a dry run waits for nothing and gives nothing away', async () => {
    await adaInBoth();
    building.system('first').get('first-1').active = false;
    await building.pass('berlin', { mode: 'observe' });
    expect(await owners()).toEqual(['lms-1 berlin']);
  });
});

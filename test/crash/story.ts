import { everything, known, misnamed, renamed, staff, switchedOff } from './company.ts';
import type { World } from './world.ts';

/** Plays until just before the pass that does everything at once, and keeps that moment. */
export async function prepare(world: World): Promise<void> {
  world.hr(staff);
  await expectResult(world, 'applied');
  world.hr(renamed);
  const digest = await expectResult(world, 'held');
  world.approvals = [
    {
      name: 'marriages',
      sync: 'staff',
      digest: digest ?? '',
      by: 'ada@example.com',
      expires: '2027-12-31T00:00:00Z',
      reason: undefined,
      place: { file: 'approvals.yaml', line: 1, column: 1 },
    },
  ];
  const { target } = world;
  for (const { accountId, person } of target.accounts()) {
    if (person === switchedOff) target.edit(accountId, { active: false });
    if (person === misnamed) target.edit(accountId, { first: 'Somebody' });
  }
  for (const [index, id] of known.entries()) {
    const person = everything.find((one) => one.id === id);
    if (person !== undefined) target.add(person, { identity: index === 0 });
  }
  world.hr(everything);
  world.mails.length = 0;
  world.keep();
}

async function expectResult(world: World, wanted: string): Promise<string | null> {
  const { outcome } = await world.pass();
  const summary = outcome?.summary;
  if (summary?.result === wanted) return summary.heldDigest;
  throw new Error(
    `the story does not begin as told: ${summary?.result ?? 'died'}: ${summary?.message ?? ''}`,
  );
}

import { afterAll, beforeAll, describe } from 'vitest';
import { describeDeliveries } from './deliveries.ts';
import { describeFiles } from './file-table.ts';
import { describeLists } from './lists.ts';
import { describeStatuses } from './statuses.ts';
import { describeShares } from './shares.ts';
import { before } from './story.ts';
import { World, type Families } from './world.ts';

const pairs: readonly Families[] = [
  ['personio', 'talentlms'],
  ['csv', 'scim'],
];

describe.each(pairs)('between %s and %s', (from, to) => {
  const at = from === 'csv' ? 1 : 0;
  let world: World;
  beforeAll(async () => {
    world = await World.open([from, to]);
    world.hr(before);
    await world.pass();
    await world.keep();
  });
  afterAll(() => world.close());

  describeStatuses(
    () => world,
    pairs.findIndex((pair) => pair[0] === from),
  );
  describeDeliveries(() => world, to);
  describeLists(() => world, at);
  describeShares(() => world, at);
  if (from === 'csv') describeFiles(() => world);
});

import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWorkspace } from '../../src/compose.ts';
import { fakeClock, seededRandom } from '../contract/context.ts';

const root = resolve(import.meta.dirname, '../../specs/examples');
const shared = resolve(import.meta.dirname, '../../../shared/data/oracle-hr');

const training = [
  'talenthr → training',
  'talentlms → training (courses)',
  'talentlms → training (enrolments)',
];

const expected = {
  'csv-to-scim': { syncs: ['hr → directory'], needs: undefined },
  'hris-to-haiilo': {
    syncs: ['bamboohr → haiilo', 'other-hr → haiilo', 'personio → haiilo', 'workday → haiilo'],
    needs: undefined,
  },
  'oracle-hr': { syncs: ['hr → directory'], needs: shared },
  'personio-to-optio': { syncs: ['personio → optio'], needs: undefined },
  'personio-to-talentlms': { syncs: ['personio → talentlms'], needs: undefined },
  'personio-to-torii': { syncs: ['personio → torii-people', 'personio → torii'], needs: undefined },
  'rest-to-rest': { syncs: ['staffbook → deskhub'], needs: undefined },
  'talenthr-talentlms/from-hr-to-lms': { syncs: ['talenthr → talentlms', ...training], needs: undefined },
  'talenthr-talentlms/from-lms-to-hr': { syncs: ['talentlms → talenthr', ...training], needs: undefined },
  'talenthr-talentlms/two-way': {
    syncs: ['talenthr ⇄ talentlms', 'talentlms ⇄ talenthr', ...training],
    needs: undefined,
  },
  'talos-perform-through-apideck': { syncs: ['hr → perform'], needs: undefined },
} as const;

describe('the examples that we ship', () => {
  test('each of them is known here', () => {
    const configs = (readdirSync(root, { recursive: true }) as string[]).filter(
      (file) => basename(file) === 'rosterd.config.yaml',
    );
    expect(configs.map(dirname).toSorted()).toEqual(Object.keys(expected));
  });

  for (const [name, { syncs, needs }] of Object.entries(expected)) {
    const missing = needs !== undefined && !existsSync(needs);
    if (missing && process.env['ROSTERD_REQUIRE_SHARED'] === '1') throw new Error(`${needs} is missing`);
    if (missing) {
      console.warn(`not validated: specs/examples/${name} needs ${needs}, which is not there`);
      continue;
    }
    test(`${name} validates without a finding, its systems away`, async () => {
      const workspace = await openWorkspace({
        cwd: join(root, name),
        env: { SCIM_URL: 'http://127.0.0.1:1/scim/v2', ORACLE_HR_DIR: shared, TRAINING_FOLDER: root },
        clock: fakeClock(),
        random: seededRandom(),
        logs: false,
      });
      const { specs, warnings } = await workspace.loadSpecs();
      expect(warnings).toEqual([]);
      expect([...specs.syncs.values()].map(({ direction }) => direction)).toEqual(syncs);
    });
  }
});

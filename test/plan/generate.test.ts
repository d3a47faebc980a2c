import { describe, expect, test } from 'vitest';
import { derivedValue } from '../../src/plan/generate.ts';
import type { Derived } from '../../src/spec/compiled.ts';
import { createKeyedHash } from '../../src/store/seal.ts';
import { account, link, person, stranger } from './people.ts';
import { mapped } from './specs.ts';
import { planFor, summarize } from './summary.ts';

const hash = createKeyedHash(Buffer.alloc(32, 7));
const whose = (personId: string, more = {}) => ({ from: 'hr', personId, attribute: 'login', ...more });
const draw = (what: Derived, personId = 'ada', more = {}) => derivedValue(what, whose(personId, more), hash);

describe('a generated value', () => {
  test.each<[Derived, RegExp]>([
    ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    [{ digits: 6 }, /^\d{6}$/],
    [{ letters: 12 }, /^[a-z]{12}$/],
    [{ characters: 64 }, /^[2-9a-hjkmnp-z]{64}$/],
  ])('%j has its form', (what, form) => {
    for (const id of ['ada', 'bob', 'zoë']) expect(draw(what, id)).toMatch(form);
  });

  test('is the same whenever it is asked for, and another for everything that it is made of', () => {
    const drawn = [
      draw('uuid'),
      draw('uuid', 'bob'),
      draw('uuid', 'ada', { attribute: 'custom.key' }),
      draw('uuid', 'ada', { from: 'other-hr' }),
      derivedValue('uuid', whose('ada'), createKeyedHash(Buffer.alloc(32, 8))),
    ];
    expect(draw('uuid')).toBe(drawn[0]);
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  test('is spread evenly: of 2,000 people each digit is had about as often', () => {
    const counts = new Map<string, number>();
    for (let at = 0; at < 2_000; at += 1) {
      const digit = draw({ digits: 1 }, `p${at}`);
      counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }
    expect(counts.size).toBe(10);
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(70);
  });
});

const login = (policy: 'enforce' | 'seed') =>
  mapped('login', { kind: 'generate', what: { digits: 8 } }, { policy });
const given = (policy: 'enforce' | 'seed', held: string | undefined) => ({
  sync: { attributes: [login(policy)] },
  people: [person('ada')],
  accounts: [account('ada', { login: held })],
  links: [link('ada')],
});

describe('a login that is generated', () => {
  test('stays the same from plan to plan, and is put right where somebody changed it', () => {
    const first = planFor({ sync: { attributes: [login('enforce')] }, people: [person('ada')] });
    const drawn = first.changes[0]?.attributes.find(({ name }) => name === 'login')?.after;
    expect(drawn).toEqual({ value: expect.stringMatching(/^\d{8}$/) as string });
    const value = drawn !== undefined && 'value' in drawn ? String(drawn.value) : '';
    expect(planFor(given('enforce', value)).changes).toEqual([]);
    expect(summarize(planFor(given('enforce', 'hand'))).changes).toEqual(['update ada (differs: login)']);
  });

  test('is left as it is where it is a seed, and not written into an account that is adopted', () => {
    expect(planFor(given('seed', 'hand')).changes).toEqual([]);
    const adopted = { ...given('seed', 'hand'), accounts: [stranger('ada', { login: 'hand' })], links: [] };
    expect(summarize(planFor(adopted)).changes).toEqual(['adopt ada (matched by match[0]; hris_id)']);
  });
});

import { describe, expect, test } from 'vitest';
import { SyncError } from '../../src/model/error.ts';
import { idsOf, withSystem } from './bench.ts';
import { pagingDoubts, type ContractSubject } from './subject.ts';

const patience = new AbortController().signal;

/** What `read`, `find` and `probe` promise, whatever the transport. */
export function describeReading<Config>(subject: ContractSubject<Config>): void {
  describe('reading', () => {
    test('everybody comes once, with a receipt that adds up', () =>
      withSystem(subject, async (bench) => {
        const ids = await bench.system.put(subject.people);
        const whole = await bench.read();
        expect(idsOf(whole)).toEqual(ids.toSorted());
        if (whole instanceof SyncError) throw whole;
        expect(whole.receipt).toMatchObject({ records: ids.length });
        expect(whole.receipt.incomplete).toBeUndefined();
        expect(whole.receipt.end).not.toBe('');
        expect(whole.receipt.pages).toBeGreaterThanOrEqual(
          subject.transport === 'http' && subject.onePage !== true ? 3 : 1,
        );
        expect(Number.isNaN(Date.parse(whole.receipt.asOf))).toBe(false);
        expect(whole.receipt.total ?? ids.length).toBe(ids.length);
      }));

    test('values stand in the order they were asked for', () =>
      withSystem(subject, async (bench) => {
        await bench.system.put(3);
        const forwards = await bench.read();
        const backwards = await bench.read({ attributes: subject.attributes.toReversed() });
        if (forwards instanceof SyncError || backwards instanceof SyncError) throw new Error('not read');
        for (const row of forwards.rows) {
          const again = backwards.rows.find((one) => one.id === row.id);
          expect(again?.values).toEqual(row.values.toReversed());
          expect(row.values).toHaveLength(subject.attributes.length);
          expect(row.values.every((value) => value !== undefined && value !== null)).toBe(true);
        }
      }));

    test('a system without people is a whole reading of nobody', () =>
      withSystem(subject, async (bench) => {
        await bench.system.put(0);
        expect(idsOf(await bench.read())).toEqual([]);
      }));

    test('somebody is found by each attribute that tells people apart, and nobody by a value that nobody has', () =>
      withSystem(subject, async (bench) => {
        await bench.system.put(3);
        const whole = await bench.read();
        if (whole instanceof SyncError) throw whole;
        const row = whole.rows[1];
        const byId = [{ attribute: 'id', value: row?.id ?? '' }];
        const known = await bench.reader.find(bench.want, byId, new AbortController().signal);
        expect(known).toEqual([row]);
        for (const attribute of subject.findable) {
          const value = row?.values[subject.attributes.indexOf(attribute)] ?? null;
          const signal = new AbortController().signal;
          const found = await bench.reader.find(bench.want, [{ attribute, value }], signal);
          expect(found.map((one) => one.id)).toEqual([row?.id]);
          expect(found[0]?.values).toEqual(row?.values);
          const nobody = `nobody"\\ or (a eq "b") *`;
          expect(await bench.reader.find(bench.want, [{ attribute, value: nobody }], signal)).toEqual([]);
        }
      }));

    test('a read that is called off ends at once and is no reading', () =>
      withSystem(subject, async (bench) => {
        await bench.system.put(subject.people);
        const stop = new AbortController();
        const reading = bench.reader.read(bench.want, stop.signal);
        const first = await reading.next();
        expect(first.done).toBe(false);
        stop.abort(new Error('called off'));
        await expect(drainRest(reading)).rejects.toThrow();
      }));

    test('a probe says what can be read, with a type and a class for each attribute', () =>
      withSystem(subject, async (bench) => {
        await bench.system.put(3);
        const probe = await bench.reader.probe(new AbortController().signal);
        expect(probe.missing).toEqual([]);
        const names = probe.fields.map((field) => field.name);
        expect(names).toEqual(expect.arrayContaining([...subject.attributes]));
        expect(new Set(names).size).toBe(names.length);
      }));

    test('the remote account is told by every look in one word, or never', () =>
      withSystem(subject, async (bench) => {
        const { account } = await bench.reader.probe(patience);
        expect(account !== undefined).toBe(subject.connector.tellsAccount);
        const before = bench.system.server?.loopback.log.length ?? 0;
        expect(await bench.reader.account?.(patience)).toBe(account);
        expect((bench.system.server?.loopback.log.length ?? 0) - before).toBeLessThanOrEqual(1);
      }));

    test('a probe names what is missing, with the way out', () =>
      withSystem(subject, async (bench) => {
        await bench.system.put(3);
        if (bench.system.withhold === undefined) throw new Error(`${subject.name} cannot withhold anything`);
        const pattern = await bench.system.withhold();
        const probe = await bench.reader.probe(new AbortController().signal);
        expect(probe.missing.join('\n')).toMatch(pattern);
      }));

    describeDoubts(subject);
  });
}

function describeDoubts<Config>(subject: ContractSubject<Config>): void {
  test('every way in which the list can be short has an answer', () => {
    const answered = subject.doubts.map((doubt) => doubt.name);
    const asked = subject.transport === 'http' ? pagingDoubts : [];
    expect(answered).toEqual(expect.arrayContaining([...asked]));
  });

  for (const doubt of subject.doubts) {
    if ('impossible' in doubt) continue;
    const then = doubt.then ?? 'rejected';
    test(`${doubt.name}: ${then === 'whole' ? 'everybody, all the same' : 'no reading'}`, () =>
      withSystem(subject, async (bench) => {
        const ids = await bench.system.put(subject.people);
        await doubt.cause(bench.system);
        const outcome = await bench.read();
        if (then === 'whole') expect(idsOf(outcome)).toEqual(ids.toSorted());
        else expect(outcome).toBeInstanceOf(SyncError);
      }));
  }
}

async function drainRest(reading: AsyncGenerator<unknown, unknown>): Promise<void> {
  for (;;) {
    const step = await reading.next();
    if (step.done === true) return;
  }
}

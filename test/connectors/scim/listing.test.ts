import { describe, expect, test } from 'vitest';
import { Waiting } from '../../../src/model/error.ts';
import { user, withServer, type Bench } from './bench.ts';

/** Does something while the first page is on its way. */
function meanwhile(bench: Bench, act: () => void): void {
  bench.server.loopback.fail(({ path }) => path.endsWith('/Users'), {
    kind: 'change',
    change: (answer) => {
      act();
      return answer;
    },
  });
}

/** Acts once, when the list has come and the filter is asked. */
function beforeFilter({ server }: Bench, act: () => void): void {
  server.loopback.decide = ({ query }) => {
    if (query.has('filter')) {
      server.loopback.decide = () => undefined;
      act();
    }
    return undefined;
  };
}

const people = ['ada', 'grace', 'mary', 'radia', 'joan'];

describe('a list that moves while it is read, two to a page', () => {
  test('somebody who comes is there in the end, and everybody once', () =>
    withServer({}, async (bench) => {
      for (const name of people) bench.server.add(user(name));
      meanwhile(bench, () => bench.server.add(user('new')));
      const names = (await bench.read(['userName'])).map((row) => String(row.values[0]));
      expect(names.toSorted()).toEqual([...people, 'new'].map((name) => `${name}@example.org`).toSorted());
    }));

  test('somebody who goes after they were handed over makes it no reading', () =>
    withServer({}, async (bench) => {
      const [first = ''] = people.map((name) => bench.server.add(user(name)));
      meanwhile(bench, () => bench.server.remove(first));
      await expect(bench.read(['userName'])).rejects.toThrow(Waiting);
      expect(await bench.read(['userName'])).toHaveLength(people.length - 1);
    }));

  test('a last page that is full is not believed before an empty one came', () =>
    withServer({}, async (bench) => {
      for (const name of people.slice(0, 4)) bench.server.add(user(name));
      expect(await bench.read(['userName'])).toHaveLength(4);
      const pages = bench.server.loopback.log.map(({ query }) =>
        new URLSearchParams(query).get('startIndex'),
      );
      expect(pages).toEqual(['1', '3', '5']);
    }));

  test('a last page that is not full ends the list without another request', () =>
    withServer({}, async (bench) => {
      for (const name of people) bench.server.add(user(name));
      expect(await bench.read(['userName'])).toHaveLength(5);
      expect(bench.server.loopback.log).toHaveLength(3);
    }));
});

describe('a service whose list leaves out inactive users', () => {
  const hiding = { profile: { listHidesInactive: true }, config: { profile: { listHidesInactive: true } } };

  /** Ada is inactive and Grace active. */
  const between = (act: (bench: Bench, ids: { ada: string; grace: string }) => void) =>
    withServer(hiding, async (bench) => {
      const ada = bench.server.add(user('ada', { active: false }));
      const grace = bench.server.add(user('grace'));
      beforeFilter(bench, () => act(bench, { ada, grace }));
      await expect(bench.read(['userName'])).rejects.toMatchObject({ reason: 'ListMoved' });
      expect(await bench.read(['userName'])).toHaveLength(2);
    });

  test('who is activated on the way is in neither list, and makes it no reading', () =>
    between(({ server }, { ada }) => {
      server.remove(ada);
      server.add(user('ada', { id: ada }));
    }));

  test('so it is when somebody else is deactivated at the same moment', () =>
    between(({ server }, { ada, grace }) => {
      server.remove(ada);
      server.add(user('ada', { id: ada }));
      server.remove(grace);
      server.add(user('grace', { id: grace, active: false }));
    }));

  test('who is deactivated on the way comes once', () =>
    withServer(hiding, async (bench) => {
      const grace = bench.server.add(user('grace'));
      beforeFilter(bench, () => {
        bench.server.remove(grace);
        bench.server.add(user('grace', { id: grace, active: false }));
      });
      expect(await bench.read(['userName'])).toHaveLength(1);
    }));

  test('a service that hides nobody after all is read alike', () =>
    withServer({ config: hiding.config }, async (bench) => {
      for (const active of [true, false, true])
        bench.server.add(user(`p${String(bench.server.size)}`, { active }));
      expect(await bench.read(['userName'])).toHaveLength(3);
    }));
});

import { describe, test } from 'vitest';
import { openCliBench, type CliBench, type Ended } from './bench.ts';

interface Case {
  readonly name: string;
  readonly play: (bench: CliBench) => Promise<Ended>;
  readonly code: number;
  /** What stderr and stdout together must say. */
  readonly says: string | RegExp;
}

const scimError = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: '400',
  scimType: 'invalidValue',
  detail: 'not this one',
};

const always = { times: 1000 };

const cases: readonly Case[] = [
  {
    name: 'changes that are planned',
    play: ({ process }) => process('plan'),
    code: 2,
    says: '5 to create',
  },
  {
    name: 'changes that are planned, where a pipeline asks',
    play: ({ rosterd }) => rosterd('plan', '--exit-code', 'ci'),
    code: 0,
    says: '5 to create',
  },
  {
    name: 'a misspelt attribute',
    play: async ({ edit, rosterd }) => {
      await edit('specs.yaml', 'department: source.department', 'department: source.departmant');
      return await rosterd('plan');
    },
    code: 1,
    says: /^specs\.yaml:47:24: .*"departmant"; did you mean source\.department\? \[expression\/unknown-attribute\]$/m,
  },
  {
    name: 'a key that there is not, named by every command with its place',
    play: async ({ edit, rosterd }) => {
      await edit('specs.yaml', 'mode: full', 'modes: full');
      return await rosterd('validate');
    },
    code: 1,
    says: /^specs\.yaml:34:3: "modes" is not a key of "spec".*mode.* \[spec\/unknown-key\]$/m,
  },
  {
    name: 'a sync that there is not',
    play: ({ rosterd }) => rosterd('plan', 'stuff'),
    code: 1,
    says: 'no sync is named "stuff"; the specs have: staff',
  },
  {
    name: 'a command that there is not',
    play: ({ process }) => process('plann'),
    code: 1,
    says: /unknown command 'plann'\n\(Did you mean plan\?\)/,
  },
  {
    name: 'an option that there is not',
    play: ({ rosterd }) => rosterd('plan', '--frob'),
    code: 1,
    says: /unknown option '--frob'\n\(add --help/,
  },
  {
    name: 'a configuration that is not there',
    play: ({ rosterd }) => rosterd('plan', '--config', 'nowhere.yaml'),
    code: 1,
    says: "nowhere.yaml:1:1: the configuration can't be read: ENOENT",
  },
  {
    name: 'specs that are not there',
    play: ({ rosterd }) => rosterd('plan', '--specs', 'nowhere'),
    code: 1,
    says: "nowhere:1:1: the folder can't be read: ENOENT",
  },
  {
    name: 'an address that the environment does not have',
    play: ({ rosterdWith }) => rosterdWith({ SCIM_URL: undefined }, 'validate'),
    code: 1,
    says: /^specs\.yaml:26:22: the environment variable SCIM_URL is not set/m,
  },
  {
    name: 'a token that the environment does not have',
    play: ({ rosterdWith }) => rosterdWith({ SCIM_TOKEN: undefined }, 'apply'),
    code: 4,
    says: 'connection directory, credential token: the environment variable SCIM_TOKEN is not set',
  },
  {
    name: 'a wrong token',
    play: ({ rosterdWith }) => rosterdWith({ SCIM_TOKEN: 'stale-token' }, 'plan'),
    code: 4,
    says: /connection directory.*\[AuthenticationFailed\]/,
  },
  {
    name: 'a server that is away',
    play: async ({ rosterd, scim }) => {
      await scim.stop();
      return await rosterd('plan');
    },
    code: 4,
    says: /connection directory: .* gave no answer \(ECONNREFUSED\)/,
  },
  {
    name: 'a page of HTML in place of an answer',
    play: ({ rosterd, scim }) => {
      scim.loopback.fail(() => true, { kind: 'html' }, always);
      return rosterd('apply');
    },
    code: 4,
    says: /connection directory: /,
  },
  {
    name: 'one person whom the target refuses',
    play: ({ rosterd, scim }) => {
      const refused = { kind: 'answer', answer: { status: 400, body: scimError } } as const;
      scim.loopback.fail(
        ({ method, text }) => method === 'POST' && text.includes('mcneill'),
        refused,
        always,
      );
      return rosterd('apply');
    },
    code: 5,
    says: /failed-people: .* failed.*\n(.*\n)* +1 create \(data\): rejected/,
  },
  {
    name: 'creates that wait, since the target knows strangers and the store knows nobody',
    play: ({ rosterd, scim }) => {
      scim.add({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'stranger' });
      return rosterd('apply');
    },
    code: 3,
    says: /to release: rosterd approve [0-9a-f]{12}/,
  },
];

describe('a command ends with the code that its help names', () => {
  test.concurrent.for(cases)('$code for $name', async ({ play, code, says }, { expect, onTestFinished }) => {
    const bench = await openCliBench(onTestFinished);
    const ended = await play(bench);
    expect(`${ended.stderr}${ended.stdout}`).toMatch(says);
    expect(ended.code).toBe(code);
    if (code === 1 || code === 4) expect(bench.scim.loopback.writes()).toEqual([]);
    for (const text of [ended.stdout, ended.stderr]) {
      expect(text).not.toMatch(/\n {4}at /);
      expect(text).not.toMatch(/invented-token|stale-token/);
    }
  });
});

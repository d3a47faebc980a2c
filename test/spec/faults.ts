import { connections, syncWith } from './folder.ts';
import type { Files } from './folder.ts';

const document = (kind: string, name: string, spec: string) =>
  `apiVersion: rosterd.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n${spec}`;

/** What people write wrong; what they are told stands in `__snapshots__/faults.test.ts.snap`. */
export const faultyFiles: readonly (readonly [name: string, files: Files])[] = [
  [
    'an unknown key has its own place and a suggestion',
    { 'a.yaml': document('Connection', 'x', '  connector: personio\n  acount: acme\n') },
  ],
  [
    'what is missing is said at the map that lacks it',
    { 'a.yaml': 'apiVersion: rosterd.dev/v1\nkind: Sync\nmetadata: { name: staff }\nspec:\n  mode: full\n' },
  ],
  [
    'a document without metadata',
    { 'a.yaml': 'apiVersion: rosterd.dev/v1\nkind: Filter\nspec: { who: [source.id == "1"] }\n' },
  ],
  [
    'a misspelt kind, another version, no kind, no map',
    {
      'a.yaml':
        'apiVersion: rosterd.dev/v1\nkind: Snyc\n---\napiVersion: rosterd.dev/v2\nkind: Sync\n---\napiVersion: rosterd.dev/v1\n---\n- 1\n',
    },
  ],
  [
    'kinds of a later release',
    {
      'a.yaml': 'apiVersion: rosterd.dev/v1\nkind: MappingTest\n',
    },
  ],
  [
    'wrong words and types',
    {
      'a.yaml':
        connections +
        syncWith(
          '  mode: fulll\n  who: yes\n  minimumActive: -1\n  limits: { leave: { fraction: 10 } }\n  protect: { email: [] }\n',
        ),
    },
  ],
  [
    'what becomes of people says nothing that could do nothing',
    {
      'a.yaml':
        connections +
        syncWith(
          '  mode: create-only\n  then:\n    starting: { createBefore: 14d }\n    left: { disable: keep, immediatelyWhen: source.idd == "1", deleteAfter: 90d }\n',
        ),
    },
  ],
  [
    'accounts are made whole days ahead, and deleted with time to take it back',
    {
      'a.yaml':
        connections +
        syncWith('  then:\n    starting: { createBefore: 36h }\n    left: { deleteAfter: 0d }\n'),
    },
  ],
  [
    'nobody is deleted because a list no longer has them',
    { 'a.yaml': connections + syncWith('  then:\n    vanished: { then: delete }\n') },
  ],
  [
    'a welcome mail whose text is not there',
    { 'a.yaml': connections + syncWith('  welcome: { template: hello.md, since: 2026-12-01 }\n') },
  ],
  [
    'a welcome mail without a subject',
    {
      'a.yaml': connections + syncWith('  welcome: { template: hello.md, since: 2026-12-01 }\n'),
      'hello.md': 'Hello\n',
    },
  ],
  [
    'a welcome mail to nobody, with a text outside the folder',
    {
      'a.yaml':
        connections + syncWith('  welcome: { template: ../hello.md, since: 2026-12-01, to: emial }\n'),
    },
  ],
  [
    'a welcome mail from no day on, with a text that is none',
    { 'a.yaml': connections + syncWith('  welcome: { template: hello.html, since: soon }\n') },
  ],
  [
    'a welcome mail that names what is not mapped, or must not be mailed',
    {
      'a.yaml':
        connections +
        syncWith(
          '  welcome: { template: hello.md, since: 2026-12-01 }\n',
          '    custom.division: { value: source.id, class: sensitive }\n',
        ),
      'hello.md':
        '# Hello {{ first_nam }}\n\nYour code is {{ password }},\n  or {{custom.division}} {{}} {{ email }}\n',
    },
  ],
  [
    'a channel whose recipients shall be known by what the target does not have',
    {
      'a.yaml':
        connections +
        syncWith('  notify: [ops, { mail: { to: [a@example.com], knownBy: emial } }]\n') +
        '---\n' +
        document('Channel', 'ops', '  mail: { to: [ops@example.com], knownBy: mail }\n'),
    },
  ],
  ['courses, where neither side has any', { 'a.yaml': connections + syncWith('  entity: course\n') }],
  [
    'a Lookup from a connection is for later',
    { 'a.yaml': document('Lookup', 'x', '  connection: personio\n') },
  ],
  [
    'durations are whole numbers with units',
    { 'a.yaml': document('Schedule', 's', '  every: 90\n  jitter: 5 min\n') },
  ],
  [
    'a schedule says one thing',
    { 'a.yaml': document('Schedule', 's', '  every: 1h\n  cron: "0 5 * * *"\n') },
  ],
  [
    'a cron that is none, and a day of month together with a day of week',
    {
      'a.yaml': `${document('Schedule', 's', '  cron: "0 25 * * *"\n')}---\n${document('Schedule', 't', '  cron: "0 5 13 * 5"\n  timezone: Europe/Berlin\n')}`,
    },
  ],
  [
    'names are there once for each kind',
    {
      'a.yaml': document('Filter', 'x', '  who: [source.id == "1"]\n'),
      'b.yaml': document('Filter', 'x', '  who: [source.id == "1"]\n'),
    },
  ],
  [
    'a key is there once',
    { 'a.yaml': document('Connection', 'x', '  connector: personio\n  connector: talentlms\n') },
  ],
  [
    'references lead somewhere',
    {
      'a.yaml':
        connections +
        syncWith(
          '  schedule: nightly\n  mapping: names\n  notify: [people-ops]\n  who: [{ filter: employes }]\n---\n',
        ) +
        document('Filter', 'employees', '  who: [source.id == "1"]\n'),
    },
  ],
  [
    'a broken document is not reported again by those that refer to it',
    {
      'a.yaml':
        connections +
        syncWith('  who: [{ filter: employees }]\n---\n') +
        document('Filter', 'employees', '  whoo: []\n'),
    },
  ],
  [
    'both sides of a direction',
    { 'a.yaml': connections + syncWith('').replace('from: personio, to: lms', 'from: lms, to: personioo') },
  ],
  ['a connection with itself', { 'a.yaml': connections + syncWith('').replace('to: lms', 'to: personio') }],
  [
    'credentials are those of the connector',
    {
      'a.yaml': document(
        'Connection',
        'x',
        '  connector: personio\n  credentials: { clientID: { env: A } }\n',
      ),
    },
  ],
  ['a connector that nobody knows', { 'a.yaml': document('Connection', 'x', '  connector: personeo\n') }],
  [
    'a config that its connector refuses',
    {
      'a.yaml': document(
        'Connection',
        'x',
        '  connector: personio\n  config: { api: v3 }\n  credentials: { clientId: { env: A }, clientSecret: { env: A } }\n',
      ),
    },
  ],
  [
    'attributes that nobody knows offline',
    {
      'a.yaml': `${connections}${document('Connection', 'dark', '  connector: unknowable\n')}---\n${syncWith('').replace('personio', 'dark')}`,
    },
  ],
  [
    'a misspelt source attribute, at its character',
    {
      'a.yaml':
        connections +
        syncWith(
          '  who:\n    - source.departmnt == "Sales"\n    - \'source.email == "it\'\'s" && source.emial == ""\'\n    - "source.email == \\"\\\\u00e4\\" && source.emial == \\"\\""\n',
        ),
    },
  ],
  [
    'a fault inside a block of text',
    {
      'a.yaml':
        connections +
        syncWith(
          '',
          '    custom.division:\n      value: |\n        source.city +\n          source.contry\n    jobTitle: >-\n      source.city +\n      source.contry\n',
        ),
    },
  ],
  [
    'lists, references and generated values that fit nothing',
    {
      'a.yaml':
        connections +
        syncWith(
          '',
          [
            '    city: { value: source.city, collection: merge, tolerate: ["^a"] }',
            '    custom.division: { person: source.id, as: citty }',
            '    custom.groups: { value: "[source.city]", collection: append, tolerate: ["(?=a)"], onNull: clear }',
            '    custom.hireDate: { person: source.id, as: points }',
            '    language: { person: source.id, as: password }',
            '    points: { generate: { digits: 4 } }',
            '',
          ].join('\n'),
        ),
    },
  ],
  [
    'an attribute of nobody, and a number that is too long',
    {
      'a.yaml':
        connections +
        syncWith(
          '',
          '    country: { value: source.country, as: city }\n    jobTitle: { generate: { digits: 40 } }\n',
        ),
    },
  ],
  [
    'unique stands around a whole value, over texts, and nowhere else',
    {
      'a.yaml':
        connections +
        syncWith(
          '  who: [\'unique([source.city]) == "a"\']\n  match: [{ email: "unique([source.email])" }]\n',
          [
            '    city: lower(unique([source.city]))',
            '    jobTitle: unique(source.city)',
            '    custom.division: unique([source.city], "number")',
            '    country: unique([source.citty])',
            '    points: unique([source.city])',
            '',
          ].join('\n'),
        ).replace('custom.hris_id: source.id', 'custom.hris_id: "unique([source.id])"'),
    },
  ],
  [
    'a syntax fault of an expression',
    { 'a.yaml': connections + syncWith('', '    city: lower(source.city\n') },
  ],
  [
    'a target attribute that is not there, and one that is only read',
    {
      'a.yaml':
        connections + syncWith('', '    frist_name: source.first_name\n    last_login: source.created_at\n'),
    },
  ],
  [
    'what the target needs is mapped',
    { 'a.yaml': connections + syncWith('').replace('    login: source.email\n', '') },
  ],
  [
    'what is identity is not mapped again',
    { 'a.yaml': connections + syncWith('', '    custom.hris_id: source.id\n') },
  ],
  [
    'identity has no policy',
    {
      'a.yaml':
        connections +
        syncWith('').replace(
          '{ custom.hris_id: source.id }',
          '{ custom.hris_id: { value: source.id, policy: seed } }',
        ),
    },
  ],
  [
    'identity can be read back, and is something',
    {
      'a.yaml':
        connections + syncWith('').replace('{ custom.hris_id: source.id }', '{ password: source.id }'),
      'b.yaml': syncWith('').replace('{ custom.hris_id: source.id }', '{}').replace('staff', 'nobody'),
    },
  ],
  [
    'types fit, and the way out is said',
    {
      'a.yaml':
        connections +
        syncWith(
          '  who: [source.email]\n',
          '    city: source.weekly_hours\n    custom.hireDate: source.hire_date\n    language: { constant: fr }\n    points: { constant: many }\n',
        ),
    },
  ],
  [
    'classes are never lowered',
    { 'a.yaml': connections + syncWith('', '    custom.ssn: { value: source.ssn, class: internal }\n') },
  ],
  [
    'policies fit the attribute',
    {
      'a.yaml':
        connections +
        syncWith(
          '',
          '    points: { value: source.weekly_hours, policy: enforce }\n    password: { generate: secret, policy: follow }\n    city: { generate: secret }\n',
        ),
    },
  ],
  [
    'what the target needs is not cleared',
    {
      'a.yaml':
        connections +
        syncWith('').replace('login: source.email', 'login: { value: source.email, onNull: clear }'),
    },
  ],
  [
    'an attribute says one thing',
    {
      'a.yaml':
        connections + syncWith('', '    city: { value: source.city, constant: Rome }\n    country: {}\n'),
    },
  ],
  [
    'copies are there on both sides, and once',
    { 'a.yaml': connections + syncWith('  copy: [city, contry, ssn, email]\n') },
  ],
  [
    'match rules compare what can be compared',
    {
      'a.yaml':
        connections +
        syncWith(
          '  match:\n    - { emial: source.email }\n    - { accounts: any }\n    - { password: source.email }\n    - { points: source.email }\n',
        ),
    },
  ],
  [
    'match rules normalise text, of what they compare',
    {
      'a.yaml':
        connections +
        syncWith(
          '  match:\n    - { points: int(source.id), normalise: [digits] }\n    - { email: source.email, normalise: { emial: [case] } }\n',
        ),
      'b.yaml': syncWith(
        '  match:\n    - { email: source.email, accounts: all }\n    - { email: source.email, normalise: [upper] }\n',
      ).replace('staff', 'others'),
    },
  ],
  [
    'decisions on who is who: an unknown sync, nothing decided, a missing reason',
    {
      'a.yaml': connections + syncWith(''),
      'b.yaml': [
        document('Links', 'one', '  sync: stuff\n  same: [{ person: "1", account: "2", reason: married }]\n'),
        document('Links', 'two', '  sync: staff\n'),
        document('Links', 'three', '  sync: staff\n  never: [{ person: 1, account: "2" }]\n'),
      ].join('---\n'),
    },
  ],
  [
    'decisions on who is who that contradict each other are named with both places',
    {
      'a.yaml': connections + syncWith(''),
      'b.yaml': document(
        'Links',
        'one',
        [
          '  sync: staff',
          '  same:',
          '    - { person: ada, account: "1", reason: married }',
          '    - { person: ada, account: "2", reason: again }',
          '    - { person: bob, account: "1", reason: mixed up }',
          '    - { person: ada, account: "1", reason: said twice }',
          '  never:',
          '    - { person: ada, account: "1", reason: no }',
          '  release:',
          '    - { person: eve, account: "5", reason: moved }',
          '    - { person: eve, account: "6", reason: moved }',
          '  transfer: { from: staff }',
          '',
        ].join('\n'),
      ),
      'c.yaml': [
        document('Links', 'two', '  sync: staff\n  transfer: { from: gone }\n'),
        document('Links', 'three', '  sync: staff\n  transfer: { from: gone }\n'),
        document(
          'Links',
          'four',
          '  sync: others\n  same: [{ person: eve, account: "1", reason: other }]\n  transfer: { from: staff }\n',
        ),
      ].join('---\n'),
      'd.yaml': syncWith('').replace('name: staff', 'name: others'),
    },
  ],
  [
    'a status is in one list, and is one that the vendor gives',
    {
      'a.yaml':
        connections +
        syncWith('  status: { value: source.status, here: [active, activ], left: [inactive, active] }\n'),
    },
  ],
  [
    'protected values have the type of their attribute',
    { 'a.yaml': connections + syncWith('  protect: { points: [many], emial: [a] }\n') },
  ],
  [
    'a lookup column and a lookup that are not there',
    {
      'a.yaml':
        connections +
        syncWith(
          '---\n',
          '    city: lookup("divisons", source.cost_center).name\n    country: lookup("divisions", source.cost_center).nam\n',
        ) +
        document('Lookup', 'divisions', '  values: { CC: { name: Sales } }\n'),
    },
  ],
  [
    'a table needs its key, once for each row',
    {
      'a.yaml':
        document('Lookup', 'x', '  file: t.csv\n  key: idd\n') +
        '---\n' +
        document('Lookup', 'y', '  file: t.csv\n  key: id\n') +
        '---\n' +
        document('Lookup', 'z', '  file: t.csv\n'),
      't.csv': 'id,name\n1,a\n2,b\n1,c\n',
    },
  ],
  [
    'a table lies in the specs folder',
    {
      'specs.yaml': ['/etc/hostname', '../../../../../etc/hostname', '.git/config', 'none.csv']
        .map((file, index) => document('Lookup', `x${index}`, `  file: ${file}\n  key: id\n`))
        .join('---\n'),
    },
  ],
  [
    'a table by environment needs the operator',
    { 'a.yaml': document('Lookup', 'x', '  file: { env: DATA, path: t.csv }\n  key: id\n') },
  ],
  [
    'a table whose rows are uneven',
    { 'a.yaml': document('Lookup', 'x', '  file: t.csv\n  key: id\n'), 't.csv': 'id,name\n1,a\n2\n' },
  ],
  [
    'numbers with leading zeros are warned about, and too large ones refused',
    { 'a.yaml': document('Lookup', 'x', '  values: { a: 0123, b: 12345678901234567890 }\n') },
  ],
  ['YAML that is none', { 'a.yaml': 'a: b: c\n', 'b.yaml': 'kind: [Sync\n', 'c.yaml': 'kind: "Sync\n' }],
  [
    'text that begins with ! must be quoted',
    { 'a.yaml': document('Filter', 'x', '  who:\n    - !source.email.endsWith("x")\n') },
  ],
  [
    'anchors, aliases, merge keys, directives',
    { 'a.yaml': 'a: &x [1]\nb: *x\n', 'b.yaml': '<<: { a: 1 }\n', 'c.yaml': '%YAML 1.1\n---\na: 1\n' },
  ],
  [
    'keys that programs trip over',
    {
      'a.yaml': document(
        'Connection',
        'x',
        '  connector: personio\n  config: { __proto__: { admin: true }, constructor: 1 }\n',
      ),
    },
  ],
  [
    'an approval of a sync that is gone is a warning',
    {
      'a.yaml':
        connections +
        syncWith('---\n') +
        document(
          'Approval',
          'a',
          '  sync: stuff\n  digest: sha256:0123456789\n  by: grace\n  expires: 2026-12-01T10:00:00+01:00\n',
        ),
    },
  ],
  [
    'fields of a connection that is gone are a warning',
    { 'a.yaml': connections + document('Fields', 'old', '  attributes: []\n') },
  ],
  [
    'two syncs that enforce one attribute are warned about',
    {
      'a.yaml': `${connections}${syncWith('---\n')}${syncWith(
        '',
        '    city: { value: source.city, policy: seed }\n',
      )
        .replace('staff', 'interns')
        .replace(/ {4}(?:first|last)_name.*\n/g, (line) =>
          line.replace(/: (.*)/, ': { value: $1, policy: follow }'),
        )}`,
    },
  ],
  ['a folder without specs', { 'README.md': 'nothing' }],
  [
    'a zone is a zone, or an expression',
    { 'a.yaml': connections + syncWith('  dates: { starts: source.hire_date, timezone: Europe/Berlim }\n') },
  ],
  [
    'a zone in the quotes of an expression is a zone as well',
    { 'a.yaml': connections + syncWith('  dates: { timezone: \'"Mars/Olympus"\' }\n') },
  ],
  [
    'a number is no time: 14 of what?',
    {
      'a.yaml':
        connections +
        syncWith(
          '  quarantine: 180\n  then:\n    starting: { createBefore: 14 }\n    left: { deleteAfter: 90 }\n',
        ),
    },
  ],
  [
    'a mode that deletes nobody, and when to delete',
    {
      'a.yaml': connections + syncWith('  mode: upsert\n  then:\n    left: { deleteAfter: 90d }\n'),
    },
  ],
  ['unique with nothing to choose from', { 'a.yaml': connections + syncWith('', '    city: unique([])\n') }],
  [
    'two ways to generate a value, and none',
    {
      'a.yaml':
        connections +
        syncWith(
          '',
          '    jobTitle: { generate: { digits: 4, letters: 4 } }\n    country: { generate: { digit: 4 } }\n',
        ),
    },
  ],
];

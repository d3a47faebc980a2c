import { expect, test } from 'vitest';
import { connectors, catalogOf } from '../../../src/connectors/registry.ts';
import { findingsOf } from '../../spec/folder.ts';

const document = (name: string, config: string) =>
  `apiVersion: rosterd.dev/v1\nkind: Connection\nmetadata: { name: ${name} }\nspec:\n  connector: csv\n  config: ${config}\n---\n`;

const learnt = document(
  'learnt',
  '{ file: a.csv, id: [user, course], columns: { user: {}, course: {}, done: {} } }',
);

const sync = `apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: records }
spec:
  entity: enrollment
  direction: { from: learnt, to: records }
  identity: { user: source.user, course: source.course }
  attributes: { done: source.done }
`;

test.each([
  {
    name: 'a list whose config speaks of writing can be a target',
    config:
      '{ file: b.csv, id: [user, course], columns: { user: {}, course: {}, done: {} }, write: { create: true } }',
    told: [],
  },
  {
    name: 'a list that is only read says what to add, here and in the operator’s configuration',
    config: '{ file: b.csv, id: user, columns: { user: {}, course: {}, done: {} } }',
    told: [
      'enrolments of "records" can\'t be written: its config says nothing of writing; add "write: {}" to config, and the folder to files.write of the operator [spec/direction]',
    ],
  },
  {
    name: 'a list that would be made needs its columns',
    config: '{ file: b.csv, id: user, write: { create: true } }',
    told: [
      'enrolments of "records" can\'t be written: a new file needs its columns; list them in config.columns, or leave config.write.create out [spec/direction]',
    ],
  },
  {
    name: 'the column of the id must be an attribute, or nobody could be added',
    config: '{ file: b.csv, id: number, columns: { user: {}, course: {}, done: {} }, write: {} }',
    told: [
      'enrolments of "records" can\'t be written: no attribute is the column "number", of which the id of a row is made; add it to config.columns [spec/direction]',
    ],
  },
  {
    name: 'the column of the id must be mapped',
    config: '{ file: b.csv, id: number, columns: { number: {}, user: {}, course: {}, done: {} }, write: {} }',
    told: [
      'the target creates no account without "number", and nothing maps it; add number to "attributes" [spec/required-attribute]',
    ],
  },
  {
    name: 'whether a row counts is said by disabling it, not by an attribute',
    config:
      '{ file: b.csv, id: [user, course], columns: { user: {}, course: {}, done: {} }, write: { active: done } }',
    told: ['"done" of the target can only be read [spec/not-writable]'],
  },
  {
    name: 'a system whose courses have a file of their own has none for enrolments',
    config: '{ file: b.csv, id: user, course: { file: c.csv, id: code }, write: {} }',
    told: [
      'enrolments of "records" can\'t be written: config names no file for them; add "enrollment" to config [spec/direction]',
    ],
  },
  {
    name: 'enrolments are in the file that config names for them',
    config:
      '{ file: b.csv, id: user, enrollment: { file: c.csv, id: [user, course], columns: { user: {}, course: {}, done: {} }, write: {} } }',
    told: [],
  },
])('$name', async ({ config, told }) => {
  const files = { 'a.yaml': learnt + document('records', config) + sync };

  const findings = await findingsOf(files, { catalog: catalogOf(connectors) });

  expect(findings.map((finding) => finding.replace(/^a\.yaml:\d+:\d+: /, ''))).toEqual(told);
});

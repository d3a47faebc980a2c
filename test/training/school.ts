import { z } from 'zod';
import { createCompiler } from '../../src/expression/compiler.ts';
import type { AttributeSpec } from '../../src/model/attribute.ts';
import { entities, type Entity } from '../../src/model/entity.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import type { Catalog } from '../../src/spec/catalog.ts';
import type { LoadOptions } from '../../src/spec/load.ts';

/** What an invented system keeps of people, courses and enrolments; all of it can be written. */
const attributes: Readonly<Record<Entity, readonly AttributeSpec[]>> = {
  person: ['id', 'staff_id', 'email', 'mentor'].map((name) => text(name)),
  course: ['id', 'code', 'name'].map((name) => text(name)),
  enrollment: [
    ...['id', 'user', 'course', 'status', 'note'].map((name) => text(name)),
    { ...text('progress'), type: 'decimal' },
    { ...text('batch'), type: 'int' },
  ],
};

function text(name: string): AttributeSpec {
  return { name, type: 'text', class: 'internal', write: 'always' };
}

const school = {
  name: 'school',
  source: true,
  target: true,
  entities,
  targetEntities: entities,
  credentials: [],
  parseConfig: (config: unknown) => ({ config: z.strictObject({}).parse(config ?? {}) }),
  attributes: (_config: unknown, entity: Entity) => attributes[entity],
  hosts: () => [],
};

const catalog: Catalog = { connectors: new Map([['school', school]]) };

export const schools: Partial<LoadOptions> = { catalog, createCompiler, checkCron };

function document(kind: string, name: string, spec: string): string {
  return `apiVersion: rosterd.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n${spec}`;
}

function flow(from: string, to: string, entity: string): string {
  return `  mode: full\n  entity: ${entity}\n  direction: { from: ${from}, to: ${to} }\n`;
}

/**
 * An HR system feeds the people of two learning systems; their courses are linked; what somebody has learnt in the one is
 * to stand in the other.
 */
export function specsWith(spec: string, syncs = ''): string {
  return [
    ...['hr', 'north', 'south'].map((name) => document('Connection', name, '  connector: school\n')),
    document('Sync', 'staff-north', `${flow('hr', 'north', 'person')}  identity: { staff_id: source.id }\n`),
    document('Sync', 'staff-south', `${flow('hr', 'south', 'person')}  identity: { staff_id: source.id }\n`),
    document('Sync', 'courses', `${flow('north', 'south', 'course')}  identity: { code: source.code }\n`),
    document('Sync', 'learning', flow('north', 'south', 'enrollment') + spec),
    ...(syncs === '' ? [] : [syncs]),
  ].join('---\n');
}

/** The enrolment as it is found again: whose it is, and of which course. */
export const identity = `  identity:
    user: { person: source.user, via: [staff-north, staff-south] }
    course: { course: source.course, via: courses }
`;

import type { AttributeSpec } from '../../src/model/attribute.ts';
import type { Catalog, ConnectorFacts } from '../../src/spec/catalog.ts';

const sourceNames = [
  'id',
  'first_name',
  'last_name',
  'email',
  'department',
  'site',
  'phone',
  'manager',
  'status',
  'start_date',
  'last_day',
  // In no mapping: nobody may ask for it.
  'birth_place',
];

export const sourceAttributes: readonly AttributeSpec[] = sourceNames.map((name) => ({
  name,
  type: /_da(te|y)$/.test(name) ? 'date' : 'text',
  class: 'personal',
}));

export const targetAttributes: readonly AttributeSpec[] = [
  text('first_name', { required: true }),
  text('last_name', { required: true }),
  text('email', { required: true, unique: true, rename: true }),
  text('login', { required: true, unique: true, rename: true }),
  text('department'),
  text('unit'),
  text('phone'),
  text('manager'),
  text('hris_id'),
  text('password', { writeOnly: true }),
];

function text(name: string, more: Partial<AttributeSpec> = {}): AttributeSpec {
  return { name, type: 'text', class: 'personal', write: 'always', ...more };
}

/** The two kinds of systems as the specs know them. */
export const catalog: Catalog = {
  connectors: new Map(
    [connector('simulated-hr', sourceAttributes), connector('simulated-lms', targetAttributes)].map(
      (facts) => [facts.name, facts],
    ),
  ),
};

function connector(name: string, attributes: readonly AttributeSpec[]): ConnectorFacts {
  return {
    name,
    source: name === 'simulated-hr',
    target: name === 'simulated-lms',
    entities: ['person'],
    targetEntities: ['person'],
    credentials: [],
    parseConfig: (config) => ({ config }),
    attributes: () => attributes,
    hosts: () => [],
  };
}

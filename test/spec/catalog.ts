import { z } from 'zod';
import type { AttributeSpec } from '../../src/model/attribute.ts';
import type { SystemKind } from '../../src/model/system.ts';
import type { DataClass, ValueType } from '../../src/model/value.ts';
import type { Catalog, ConnectorFacts } from '../../src/spec/catalog.ts';

/** Two invented systems that say as much as the real ones: specs are tested without knowing a vendor. */
export const catalog: Catalog = {
  connectors: new Map(
    [
      connector({
        name: 'personio',
        config: z.strictObject({ api: z.enum(['v1', 'v2']).default('v1') }),
        credentials: ['clientId', 'clientSecret'],
        side: 'source',
        attributes: sourceAttributes(),
      }),
      connector({
        name: 'talentlms',
        config: z.strictObject({ domain: z.string() }),
        credentials: ['apiKey'],
        side: 'target',
        attributes: targetAttributes(),
      }),
      connector({
        name: 'gone',
        config: z.strictObject({ accepts: z.boolean().default(false) }),
        credentials: [],
        side: 'target',
        attributes: bothWays(),
        disabling: (config) =>
          (config as { accepts: boolean }).accepts ? 'deletes' : { refused: 'it deletes them; accept that' },
      }),
      connector({
        name: 'unknowable',
        config: z.strictObject({}),
        credentials: [],
        side: 'source',
        attributes: undefined,
      }),
      connector({
        name: 'hris',
        config: z.strictObject({}),
        credentials: [],
        side: 'both',
        system: 'hr',
        attributes: [
          read('id'),
          read('status'),
          ...bothWays(),
          written('lms_id'),
          written('hire_date', 'date'),
        ],
      }),
      connector({
        name: 'academy',
        config: z.strictObject({}),
        credentials: [],
        side: 'both',
        system: 'learning',
        attributes: [
          read('id'),
          read('status'),
          read('created_on', 'instant'),
          ...bothWays(),
          written('hireDate'),
        ],
      }),
    ].map((facts) => [facts.name, facts]),
  ),
};

function connector(options: {
  readonly name: string;
  readonly config: z.ZodType;
  readonly credentials: readonly string[];
  readonly side: 'source' | 'target' | 'both';
  readonly system?: SystemKind;
  readonly attributes: readonly AttributeSpec[] | undefined;
  readonly disabling?: ConnectorFacts['disabling'];
}): ConnectorFacts {
  return {
    name: options.name,
    ...(options.system === undefined ? {} : { system: options.system }),
    source: options.side !== 'target',
    target: options.side !== 'source',
    entities: ['person'],
    targetEntities: ['person'],
    credentials: options.credentials.map((name) => ({ name, required: true })),
    parseConfig(config) {
      const result = options.config.safeParse(config);
      if (result.success) return { config: result.data };
      return {
        faults: result.error.issues.map((issue) => ({
          path: issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
          code: 'spec/config',
          message: issue.message,
        })),
      };
    },
    attributes: () => options.attributes,
    ...(options.disabling === undefined ? {} : { disabling: options.disabling }),
    hosts: () => [`${options.name}.example.com`],
  };
}

function bothWays(): readonly AttributeSpec[] {
  return [
    written('first_name'),
    written('email'),
    written('phone'),
    written('hr_id'),
    written('groups', 'list<text>'),
  ];
}

function sourceAttributes(): readonly AttributeSpec[] {
  return [
    read('id', 'text', 'internal'),
    read('first_name'),
    read('last_name'),
    read('email'),
    read('department', 'text', 'internal'),
    read('employment_type', 'text', 'internal'),
    read('hire_date'),
    read('created_at'),
    read('termination_date'),
    read('cost_center', 'text', 'internal'),
    read('supervisor.id', 'text', 'internal'),
    read('office.timezone', 'text', 'internal'),
    read('ssn', 'text', 'sensitive'),
    read('city'),
    read('country'),
    read('jobTitle'),
    read('weekly_hours', 'int'),
    { ...read('status', 'text', 'internal'), values: ['active', 'onboarding', 'leave', 'inactive'] },
  ];
}

function targetAttributes(): readonly AttributeSpec[] {
  return [
    { ...written('first_name'), required: true },
    { ...written('last_name'), required: true },
    { ...written('email'), required: true, unique: true, rename: true },
    { ...written('login'), required: true, unique: true, rename: true },
    { ...written('password', 'text', 'sensitive'), writeOnly: true },
    { ...written('language', 'text', 'public'), values: ['en', 'de'] },
    { ...written('points', 'int', 'public'), write: 'create' },
    written('custom.hris_id', 'text', 'internal'),
    written('custom.hireDate', 'date'),
    written('custom.division', 'text', 'internal'),
    written('custom.groups', 'list<text>', 'internal'),
    written('custom.manager', 'text', 'internal'),
    written('custom.ssn', 'text', 'internal'),
    written('city'),
    written('country'),
    written('jobTitle'),
    read('last_login', 'instant', 'internal'),
  ];
}

function read(name: string, type: ValueType = 'text', dataClass: DataClass = 'personal'): AttributeSpec {
  return { name, type, class: dataClass };
}

function written(name: string, type: ValueType = 'text', dataClass: DataClass = 'personal'): AttributeSpec {
  return { ...read(name, type, dataClass), write: 'always' };
}

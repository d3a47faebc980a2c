import type { AttributeSpec } from '../../model/attribute.ts';
import type { ConnectorContext } from '../connector.ts';
import { declaredColumns, type Column } from '../csv/cells.ts';
import { csvConfig, tableOf, type CsvConfig } from '../csv/schema.ts';
import { neutralNames, type OptioConfig } from './schema.ts';

type NeutralName = (typeof neutralNames)[number];

export const statuses = ['active', 'inactive'] as const;

const neutral: Readonly<Record<NeutralName, Pick<AttributeSpec, 'type' | 'class'>>> = {
  employee_number: { type: 'text', class: 'internal' },
  company_email: { type: 'text', class: 'personal' },
  first_name: { type: 'text', class: 'personal' },
  last_name: { type: 'text', class: 'personal' },
  legal_entity: { type: 'text', class: 'internal' },
  department: { type: 'text', class: 'internal' },
  cost_centre: { type: 'text', class: 'internal' },
  country: { type: 'text', class: 'internal' },
  hire_date: { type: 'date', class: 'personal' },
  termination_date: { type: 'date', class: 'personal' },
  status: { type: 'text', class: 'internal' },
};

function isNeutral(name: string): name is NeutralName {
  return Object.hasOwn(neutral, name);
}

/** The file as the CSV connector knows files: made where it is not there, and never a row taken out. */
export function fileConfig(config: OptioConfig): CsvConfig {
  const { file, identifier, delimiter, encoding, formulas, columns } = config;
  const own = Object.keys(columns).filter((name) => !isNeutral(name));
  const declared = [...neutralNames, ...own].flatMap((name) => {
    const said = columns[name] ?? {};
    if (said === false) return [];
    return [[name, { ...(isNeutral(name) ? neutral[name] : {}), ...said }] as const];
  });
  const id = columns[identifier];
  const parsed = csvConfig.parse({
    file,
    id: typeof id === 'object' ? (id.column ?? identifier) : identifier,
    delimiter,
    encoding,
    columns: Object.fromEntries(declared),
    write: { create: true, formulas },
  });
  const table = tableOf(parsed, 'person');
  if (table === undefined) throw new Error('a file without courses is one of people');
  return table;
}

/** Columns by attribute, as the CSV connector reads and writes them. */
export function columnsOf(config: OptioConfig): ReadonlyMap<string, Column> {
  return declaredColumns(fileConfig(config), undefined) ?? new Map<string, Column>();
}

/** The attributes of the columns, with what a portal asks of them. */
export function attributesOf(config: OptioConfig): readonly AttributeSpec[] {
  const { legalEntities } = config;
  return [...columnsOf(config).values()].map(({ spec }): AttributeSpec => {
    if (spec.name === 'company_email') return { ...spec, unique: true, rename: true };
    if (spec.name === 'status') return { ...spec, values: statuses };
    if (spec.name !== 'legal_entity' || legalEntities === undefined) return spec;
    return { ...spec, values: legalEntities, required: true };
  });
}

/** The connection as one of the CSV connector's. */
export function asFile(context: ConnectorContext<OptioConfig>): ConnectorContext<CsvConfig> {
  return {
    ...context,
    config: fileConfig(context.config),
    fields: undefined,
    files: (file) => context.files(file),
    filesToWrite: (file) => context.filesToWrite(file),
  };
}

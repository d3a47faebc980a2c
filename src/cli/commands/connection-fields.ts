import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Probe, Reader } from '../../connectors/connector.ts';
import { isReadBack } from '../../model/attribute.ts';
import { listOf, type Entity } from '../../model/entity.ts';
import { Stalled } from '../../model/error.ts';
import { attributesMeant } from '../../model/meant-attributes.ts';
import { ReadingBuilder } from '../../model/packed-reading.ts';
import { fillRatesOf } from '../../reconcile/fill-rates.ts';
import { fieldsPath, renderFields } from '../../spec/compile/saved-fields.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { table } from '../output.ts';
import { connectionNamed, refuseUnoffered } from './connection-test.ts';

interface Options {
  readonly name: string;
  readonly entity: Entity;
  readonly save: boolean;
  /** Only what somebody may mean by this. */
  readonly search: string | undefined;
  /** Counts in a whole reading how many have each. */
  readonly filled: boolean;
}

/** Attributes that the credential can read; saved, they let validation check expressions without the system. */
export async function run(
  { name, entity, save, search, filled }: Options,
  { out, workspace, signal }: CliContext,
): Promise<ExitCode> {
  const opened = await workspace();
  const connection = connectionNamed(name, await opened.loadConnections());
  refuseUnoffered(connection, entity, opened);
  const reader = await opened.openReader(connection, entity);
  const { fields, rates } = await lookOnce(reader, filled, signal);
  const known = rates ?? (await (await opened.store()).fillRates(listOf(name, entity)));
  const shown = search === undefined ? fields : attributesMeant(search, fields);
  if (search !== undefined && shown.length === 0)
    out.say(`none of ${name}'s ${fields.length} attributes is called anything like "${search}"`);
  if (out.format === 'json') {
    const withRates = shown.map((field) => ({ ...field, filled: known.get(field.name) ?? null }));
    out.print(JSON.stringify(withRates, null, 2));
  } else out.print(tableOf(shown, known));
  if (save) {
    const { specs } = opened.config;
    if (specs?.kind !== 'folder')
      throw new Stalled(
        'WhereToWrite',
        'the specs lie in a remote repository: run this in a checkout, with --specs DIR',
      );
    const file = path.join(specs.folder, fieldsPath(name));
    await mkdir(path.dirname(file), { recursive: true });
    // What was saved of other entities stays: each is asked for by itself.
    await writeFile(file, renderFields(name, { ...connection.fields, [entity]: fields }));
    out.say(`wrote ${file}; commit it, and expressions are checked against it`);
  }
  return Exit.settled;
}

interface Look {
  readonly fields: Probe['fields'];
  /** Share (0 to 1) of records with a value, by attribute, where everybody was read. */
  readonly rates: ReadonlyMap<string, number> | undefined;
}

async function lookOnce(reader: Reader, filled: boolean, signal: AbortSignal): Promise<Look> {
  try {
    const { fields } = await reader.probe(signal);
    return { fields, rates: filled ? await countFilled(reader, fields, signal) : undefined };
  } finally {
    await reader.close();
  }
}

async function countFilled(
  reader: Reader,
  fields: Probe['fields'],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  // A picture costs a request for each person, and a password is never read.
  const names = fields.filter((field) => isReadBack(field)).map((field) => field.name);
  const builder = new ReadingBuilder(names);
  const rows = reader.read({ attributes: names }, signal);
  for (;;) {
    const step = await rows.next();
    if (step.done === true) return fillRatesOf(builder.finish(step.value));
    for (const row of step.value) builder.add(row);
  }
}

function tableOf(fields: Probe['fields'], rates: ReadonlyMap<string, number>): string {
  const rows = fields.map(({ name, type, class: of, label, key }) => {
    const rate = rates.get(name);
    return [name, type, of, rate === undefined ? '' : `${Math.floor(rate * 100)} %`, label ?? '', key ?? ''];
  });
  return table([['ATTRIBUTE', 'TYPE', 'CLASS', 'FILLED', 'LABEL', 'KEY'], ...rows]);
}

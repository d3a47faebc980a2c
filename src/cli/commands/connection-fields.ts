import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Probe, Reader } from '../../connectors/connector.ts';
import type { Entity } from '../../model/entity.ts';
import { Stalled } from '../../model/error.ts';
import { fieldsPath, renderFields } from '../../spec/compile/saved-fields.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { table } from '../output.ts';
import { connectionNamed, refuseUnoffered } from './connection-test.ts';

interface Options {
  readonly name: string;
  readonly entity: Entity;
  readonly save: boolean;
}

/** Attributes that the credential can read; saved, they let validation check expressions without the system. */
export async function run(
  { name, entity, save }: Options,
  { out, workspace, signal }: CliContext,
): Promise<ExitCode> {
  const opened = await workspace();
  const connection = connectionNamed(name, await opened.loadConnections());
  refuseUnoffered(connection, entity, opened);
  const reader = await opened.openReader(connection, entity);
  const { fields } = await probeOnce(reader, signal);
  if (out.format === 'json') out.print(JSON.stringify(fields, null, 2));
  else {
    const rows = fields.map(({ name: field, type, class: of, label, key }) => [
      field,
      type,
      of,
      label ?? '',
      key ?? '',
    ]);
    out.print(table([['ATTRIBUTE', 'TYPE', 'CLASS', 'LABEL', 'KEY'], ...rows]));
  }
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

async function probeOnce(reader: Reader, signal: AbortSignal): Promise<Probe> {
  try {
    return await reader.probe(signal);
  } finally {
    await reader.close();
  }
}

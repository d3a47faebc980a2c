import type { SftpConfig } from './schema.ts';
import type { SftpSession, Task } from './session.ts';

/** Name of a file that is not complete yet: hidden, as importers leave hidden files alone, and nobody else's. */
export function temporaryName(
  { staging }: Pick<SftpConfig, 'staging'>,
  { path, id }: { readonly path: string; readonly id: string },
): string {
  const { folder, name } = partsOf(path);
  return `${staging?.replace(/\/*$/, '/') ?? folder}.${name}.${id}${ending}`;
}

const ending = '.rosterd';

/** What nobody has written to for so long is what a break has left (ms). */
const leftoverMs = 3_600_000;

/**
 * Removes what earlier uploads have left beside a file: people's data lie in it. Its age is told by the server's own clock,
 * which the file that was written just now shows. Rejects where the server does not let us.
 */
export async function clearLeftovers(
  session: SftpSession,
  { staging }: Pick<SftpConfig, 'staging'>,
  { path, modifiedMs }: { readonly path: string; readonly modifiedMs: number },
  task: Task,
): Promise<void> {
  const folder = staging?.replace(/\/*$/, '/') ?? partsOf(path).folder;
  const names = await session.names(folder === '' ? '.' : folder, task);
  for (const name of names.filter((one) => one.startsWith('.') && one.endsWith(ending))) {
    const facts = await session.look(folder + name, task);
    if (facts === undefined || modifiedMs - facts.modifiedMs <= leftoverMs) continue;
    await session.remove(folder + name, task);
  }
}

function partsOf(path: string): { readonly folder: string; readonly name: string } {
  const end = path.lastIndexOf('/') + 1;
  return { folder: path.slice(0, end), name: path.slice(end) };
}

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
/** Below `node_modules`, so that it finds packages and no other tool finds it. */
const folder = path.join(root, 'node_modules/.cache/rosterd-bench');

/** Compiles the sources as they ship, whatever lies in `dist`. Resolves to the path of the command. */
export async function compile(): Promise<string> {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const argv = [compiler, '-p', path.join(root, 'tsconfig.build.json'), '--outDir', folder];
  await promisify(execFile)(process.execPath, argv);
  return path.join(folder, 'main.js');
}

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rosterd, git } from './commands.ts';
import { configMark, configText, credentials, specsFile, specsText, type Addresses } from './specs.ts';

/** Everything of the demo on disk. */
export interface DemoFolder {
  readonly root: string;
  readonly config: string;
  readonly data: string;
  /** The clone that is edited and pushed. */
  readonly clone: string;
  /** The bare repository that the daemon follows. */
  readonly repository: string;
}

/** A folder that is forgotten afterwards, or `.rosterd-demo` below `cwd`, which the next demo replaces. */
export async function makeFolder(once: boolean, cwd: string): Promise<DemoFolder> {
  const root = once
    ? await mkdtemp(join(tmpdir(), 'rosterd-demo-'))
    : await replaced(join(cwd, '.rosterd-demo'));
  return {
    root,
    config: join(root, 'rosterd.config.yaml'),
    data: join(root, 'data'),
    clone: join(root, 'specs'),
    repository: join(root, 'specs.git'),
  };
}

/** Writes configuration, secrets and repository; the last word on attributes comes from the systems themselves. */
export async function fillFolder(
  folder: DemoFolder,
  addresses: Addresses,
  signal: AbortSignal,
): Promise<void> {
  const { root, config, clone, repository } = folder;
  const secrets = join(root, 'secrets');
  await mkdir(secrets, { recursive: true, mode: 0o700 });
  await writeFile(config, configText(addresses));
  await writeFile(join(secrets, 'personio-client-id'), credentials.clientId, { mode: 0o600 });
  await writeFile(join(secrets, 'personio-client-secret'), credentials.clientSecret, { mode: 0o600 });
  await writeFile(join(secrets, 'talentlms-api-key'), credentials.apiKey, { mode: 0o600 });
  await git(['init', '--quiet', '--bare', '--initial-branch=main', repository], root);
  await git(['init', '--quiet', '--initial-branch=main', clone], root);
  await git(['remote', 'add', 'origin', repository], clone);
  await git(['config', 'user.name', 'Ada Lovelace'], clone);
  await git(['config', 'user.email', 'ada@example.com'], clone);
  await writeFile(join(clone, specsFile), specsText(addresses));
  const fields = ['connection', 'fields', 'talentlms', '--save', '--specs', 'specs', '--config', config];
  const { code, stderr } = await rosterd(fields, root, signal);
  if (code !== 0) throw new Error(`attributes of talentlms could not be saved: ${stderr}`);
  await commit(folder, 'Feed TalentLMS from Personio');
  await git(['branch', '--quiet', '--set-upstream-to=origin/main'], clone);
}

/** Commits everything in the clone and pushes it. Answers the commit. */
export async function commit({ clone }: DemoFolder, message: string): Promise<string> {
  await git(['add', '--all'], clone);
  await git(['commit', '--quiet', '-m', message], clone);
  await git(['push', '--quiet', 'origin', 'main'], clone);
  return await git(['rev-parse', 'HEAD'], clone);
}

/** Changes text in the specs of the clone; fails where the text is not there. */
export async function edit({ clone }: DemoFolder, before: string, after: string): Promise<void> {
  const file = join(clone, specsFile);
  const text = await readFile(file, 'utf8');
  if (!text.includes(before)) throw new Error(`${specsFile} does not say "${before}"`);
  await writeFile(file, text.replace(before, after));
}

/** Removes what an earlier demo left there, and nothing else. */
async function replaced(root: string): Promise<string> {
  const config = await readFile(join(root, 'rosterd.config.yaml'), 'utf8').catch(() => undefined);
  if (config?.startsWith(configMark) === true) await rm(root, { recursive: true });
  await mkdir(root, { recursive: false }).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code !== 'EEXIST') throw error;
    throw new Error(
      `${root} is there and was not written by the demo: move it away, or start in another folder`,
    );
  });
  // Git of the folder around it takes no notice.
  await writeFile(join(root, '.gitignore'), '*\n');
  return root;
}

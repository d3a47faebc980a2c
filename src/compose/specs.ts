import { relative, resolve } from 'node:path';
import type { LoadedSpecs, Workspace } from './workspace.ts';
import { catalogOf } from '../connectors/registry.ts';
import { createCompiler } from '../expression/compiler.ts';
import type { Checkout, RevisionSource } from '../git/revision-source.ts';
import { Invalid, Stalled, type Finding } from '../model/error.ts';
import { resolveEnvironment } from '../operator/environment.ts';
import { lookupFile } from '../operator/files.ts';
import { resolveOwnSecret } from '../operator/secrets.ts';
import { checkCron } from '../schedule/cron.ts';
import type { CompiledConnection, Revision } from '../spec/compiled.ts';
import { loadConnections } from '../spec/load-connections.ts';
import { loadAndCompile, type LoadOptions } from '../spec/load.ts';

/** The specs at hand. A plain folder is read where it lies, so that findings name the files a person edits. */
export async function loadSpecsOf(workspace: Workspace): Promise<LoadedSpecs> {
  const { specs } = workspace.config;
  if (specs?.kind === 'folder') {
    const { folder } = specs;
    const loaded = await namingFiles(workspace, folder, async () => await loadFolder(workspace, folder));
    return { ...loaded, warnings: seenFrom(workspace, folder, loaded.warnings) };
  }
  const source = await revisionSource(workspace);
  const checkout = await source.fetch(AbortSignal.timeout(120_000));
  return await loadCheckout(workspace, checkout);
}

/** The specs of the commit that this branch began at. Rejects with `Stalled` for specs that lie in no folder. */
export async function loadEarlierOf(
  workspace: Workspace,
  revision: string,
  signal: AbortSignal,
): Promise<LoadedSpecs> {
  const { specs, data } = workspace.config;
  if (specs?.kind !== 'folder') {
    const message = 'the specs lie in a remote repository: run this in a checkout of it, with --specs DIR';
    throw new Stalled('NoRepository', message);
  }
  const { earlierRevision } = await import('../git/earlier-revision.ts');
  const environment = workspace.options.env;
  return await loadCheckout(
    workspace,
    await earlierRevision({ folder: specs.folder, revision, data, environment }, signal),
  );
}

export async function loadCheckout(
  workspace: Workspace,
  { folder, revision }: Checkout,
): Promise<LoadedSpecs> {
  return await loadFolder(workspace, folder, revision);
}

/** Where the daemon follows the specs: a branch, or a folder. Rejects with `Stalled` when neither is configured. */
export async function revisionSource({ config, options, telemetry }: Workspace): Promise<RevisionSource> {
  const { specs, data } = config;
  const { clock, env } = options;
  if (specs === undefined) throw noSpecs();
  if (specs.kind === 'folder') {
    const { createFolderSource } = await import('../git/folder-source.ts');
    return createFolderSource({ folder: specs.folder, pollMs: folderPollMs, data, clock, telemetry });
  }
  const { url, branch, path, pollMs, token } = specs;
  const host = URL.canParse(url) ? new URL(url).host : '';
  const { createGitSource } = await import('../git/git-source.ts');
  return createGitSource({
    url,
    branch,
    path,
    pollMs,
    data,
    clock,
    environment: env,
    // Plain http and paths are the operator's own choice, like every private host.
    allowLocal: config.network.http,
    ...(token === undefined ? {} : { token: resolveOwnSecret(token, [host], config, env) }),
  });
}

const folderPollMs = 30_000;

async function loadFolder(workspace: Workspace, folder: string, revision?: Revision): Promise<LoadedSpecs> {
  const loaded = await loadAndCompile({
    ...loadOptions(workspace, folder),
    ...(revision === undefined ? {} : { revision }),
  });
  if (revision !== undefined) return { ...loaded, folder };
  // The daemon names a folder's revision by the digest of its files: the command line says the same.
  const { folderDigest } = await import('../git/folder-digest.ts');
  const specs = { ...loaded.specs, revision: { kind: 'folder' as const, id: await folderDigest(folder) } };
  return { ...loaded, specs, folder };
}

/** The connections alone, whatever the rest of the specs lacks: their attributes may be what it waits for. */
export async function loadConnectionsOf(
  workspace: Workspace,
): Promise<ReadonlyMap<string, CompiledConnection>> {
  const { specs } = workspace.config;
  if (specs?.kind === 'folder') {
    const options = loadOptions(workspace, specs.folder);
    return await namingFiles(workspace, specs.folder, async () => await loadConnections(options));
  }
  return (await loadSpecsOf(workspace)).specs.connections;
}

/** Findings of a plain folder name files as the person sees them who called us, not as the folder does. */
async function namingFiles<T>(workspace: Workspace, folder: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid(seenFrom(workspace, folder, error.findings));
  }
}

function seenFrom({ options }: Workspace, folder: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => {
    const file = resolve(folder, finding.file);
    const near = relative(options.cwd, file);
    return { ...finding, file: near.startsWith('..') || near === '' ? file : near };
  });
}

function loadOptions({ config, options, connectors }: Workspace, folder: string): LoadOptions {
  return {
    folder,
    catalog: catalogOf(connectors),
    createCompiler,
    checkCron,
    lookupFile: lookupFile(config, options.env),
    resolveConfig: (json) => resolveEnvironment(json, config, options.env),
  };
}

function noSpecs(): Stalled {
  return new Stalled('NoSpecs', "no specs: give --specs DIR, or `specs` in the operator's configuration");
}

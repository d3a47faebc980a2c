import type { CompiledSpecs, CompiledSync } from '../compiled.ts';
import { compileApprovals, compileChannels } from './channels.ts';
import type { CompileInput } from './input.ts';
import { compileLinks } from './links.ts';
import { reportOverlaps } from './overlap.ts';
import { settlePairs } from './pairs.ts';
import { settlePrecedence } from './precedence.ts';
import { checkSchedules } from './schedule.ts';
import { Connections } from './sides.ts';
import { compileSync } from './sync.ts';

/**
 * Resolves references and compiles every expression. What is wrong goes into `input.findings`; the result is sound only
 * when no error is there.
 */
export function compileSpecs(input: CompileInput): CompiledSpecs {
  const connections = new Connections(input);
  checkSchedules(input);
  const syncs = new Map<string, CompiledSync>();
  for (const document of input.documents.Sync.values()) {
    const sync = compileSync(document, connections.sidesOf(document), input);
    if (sync !== undefined) syncs.set(sync.name, sync);
  }
  settlePairs(syncs, input);
  settlePrecedence(syncs, input.findings);
  reportOverlaps(syncs.values(), input.findings);
  return {
    revision: input.revision,
    folder: input.folder,
    connections: connections.compiled,
    syncs,
    channels: compileChannels(input),
    approvals: compileApprovals(input),
    links: compileLinks(input),
  };
}

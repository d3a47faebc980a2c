import { Stalled, SyncError, Waiting } from '../../model/error.ts';
import { explainPerson, type Explanation } from '../../plan/explain.ts';
import { look } from '../../reconcile/look.ts';
import type { PersonRecord } from '../../model/run.ts';
import type { CompiledSpecs, CompiledSync } from '../../spec/compiled.ts';
import { chooseSyncs } from '../choose.ts';
import { classesOf } from '../classes.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { showProgress } from '../progress.ts';
import { explanationText, shownExplanation } from '../render/explanation.ts';
import { shownPerson } from '../render/person.ts';

interface Options {
  readonly person: string;
  readonly sync?: string;
}

/** Looks at both systems anew and says for one person what became of them and why, with what earlier runs did. */
export async function run({ person, sync }: Options, context: CliContext): Promise<ExitCode> {
  const { out, workspace, global } = context;
  const opened = await workspace();
  const { specs } = await opened.loadSpecs();
  const store = await opened.store();
  const found: { sync: string; explanation: Explanation; history: readonly PersonRecord[] }[] = [];
  for (const one of chooseSyncs(specs, sync === undefined ? [] : [sync], context.clock.now())) {
    const explanation = await explainIn(one, person, specs, context);
    const history = await store.personHistory(one.name, person, 10);
    if (explanation.read === null && explanation.link === null && history.length === 0) continue;
    const classes = classesOf(one.name, specs, opened);
    found.push({
      sync: one.name,
      explanation: shownExplanation(explanation, classes, global.show),
      history: history.map((record) => shownPerson(record, classes, global.show)),
    });
  }
  if (found.length === 0) {
    throw new Stalled(
      'NoSuchPerson',
      `no sync has ever seen a person with the id "${person}"; ids are those of the source`,
    );
  }
  if (out.format === 'json') out.print(JSON.stringify(found, null, 2));
  else for (const one of found) out.print(explanationText(one.sync, one.explanation, one.history));
  return Exit.settled;
}

async function explainIn(
  sync: CompiledSync,
  person: string,
  specs: CompiledSpecs,
  { out, workspace, signal, clock }: CliContext,
): Promise<Explanation> {
  const pass = await (await workspace()).openPass(sync, specs, 'cli', showProgress(out, sync));
  try {
    const { readings, memory, plan } = await look(pass.deps, signal);
    const { target, hash } = pass.deps;
    return explainPerson(
      { sync, ...readings, shape: target.reader.shape, memory, now: clock.now(), hash },
      plan,
      person,
    );
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const { reason, message, connection, fate } = error;
    const Fate = fate === 'waiting' ? Waiting : Stalled;
    throw new Fate(reason, `${sync.name} cannot be explained now: ${message}`, {
      cause: error,
      ...(connection === undefined ? {} : { connection }),
    });
  } finally {
    await pass.close();
  }
}

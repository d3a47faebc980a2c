import { openStage } from './stage.ts';
import { stay } from './stay.ts';
import { playStory } from './story.ts';

/**
 * Plays the demo on this machine: stand-ins of Personio and TalentLMS over HTTP, a Git repository, a mail server and the
 * daemon. With `once` it tells the story and answers 0 only if each step came out right; else it stays until the signal
 * aborts. Everything that it started has ended when it answers.
 */
export async function playDemo({
  once,
  signal,
  say,
}: {
  readonly once: boolean;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}): Promise<0 | 1> {
  say('Starting stand-ins of Personio and TalentLMS, a mail server, a Git repository and the daemon …');
  const stage = await openStage(once, signal, say).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  if (stage === undefined) return once ? 1 : 0;
  let right = false;
  try {
    if (once) right = await playStory(stage);
    else right = await stay(stage);
  } catch (error) {
    if (!signal.aborted) throw error;
    right = !once;
  } finally {
    await stage.close(!once || !right);
  }
  if (once && !right) say(`What is left of it: ${stage.folder.root} (daemon.log, data, specs)`);
  return right ? 0 : 1;
}

import { isoInstant } from '../model/effects.ts';
import { Waiting } from '../model/error.ts';
import type { Outcome, Trigger } from '../model/run.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import { suspensionOf } from './behaviour.ts';
import { channelsOf, syncsOf } from './concerned.ts';
import { Breaker, type Away } from './breaker.ts';
import type { DaemonDeps } from './deps.ts';

/** What one pass has shown of one of its connections. */
export interface Shown {
  readonly name: string;
  readonly shown: 'away' | 'answers' | 'unknown';
  readonly before: Away | undefined;
  readonly after: Away | undefined;
}

/** What the daemon knows of the connections of the specs in force: which of them are away, and who is told. */
export class Connections {
  readonly #deps: Pick<DaemonDeps, 'clock' | 'random' | 'telemetry' | 'notify'>;
  #breakers = new Map<string, Breaker>();
  /** Those of the pass under way, as they were when it began. */
  #used: readonly (readonly [string, Breaker])[] = [];

  constructor(deps: Pick<DaemonDeps, 'clock' | 'random' | 'telemetry' | 'notify'>) {
    this.#deps = deps;
  }

  /**
   * A connection that the new revision changes is probed at once; nothing is held against one that no sync uses for now,
   * since nobody finds out whether it is back.
   */
  specsChanged(after: CompiledSpecs, before: CompiledSpecs | undefined): void {
    const known = this.#breakers;
    const active = [...after.syncs.values()].filter(
      (sync) => suspensionOf(sync, after, this.#deps.clock.now()) === undefined,
    );
    this.#breakers = new Map();
    for (const name of namesOf(after)) {
      const same = before?.connections.get(name)?.digest === after.connections.get(name)?.digest;
      const used = active.some(({ from, to }) => from === name || to === name);
      const breaker = (same && used ? known.get(name) : undefined) ?? new Breaker(name, this.#deps);
      breaker.writtenBy(active.filter(({ to }) => to === name).map((sync) => sync.name));
      this.#breakers.set(name, breaker);
    }
    const { connectionAway } = this.#deps.telemetry.metrics;
    connectionAway.reset();
    for (const [name, { away }] of this.#breakers) {
      connectionAway.set({ connection: name }, away === undefined ? 0 : 1);
    }
  }

  away(name: string): Away | undefined {
    return this.#breakers.get(name)?.away;
  }

  /** How long a pass of the sync must wait for its connections (ms); 0 for now. */
  waitMs(sync: CompiledSync, trigger: Trigger): number {
    return Math.max(...this.#of(sync).map(([, breaker]) => breaker.waitMs(trigger)));
  }

  /** What a person hears whose pass must wait for a connection; `undefined` when it need not. */
  obstacle(sync: CompiledSync, trigger: Trigger): Waiting | undefined {
    for (const [name, breaker] of this.#of(sync)) {
      // Whether it is back is being found out: that is waited for.
      if (breaker.probing || breaker.waitMs(trigger) === 0) continue;
      if (breaker.away !== undefined) return isAway(name, breaker.away);
    }
    return undefined;
  }

  /** A pass of the sync begins; returns those of its connections that it probes. */
  begin(sync: CompiledSync): readonly string[] {
    this.#used = this.#of(sync);
    for (const [, breaker] of this.#used) breaker.begin();
    return this.#used.flatMap(([name, breaker]) => (breaker.probing ? [name] : []));
  }

  /**
   * Takes note of what the pass has shown; what comes of it is for `tell`. Of a connection that a new revision changed or
   * took away meanwhile it shows nothing.
   */
  end(outcome: Outcome): readonly Shown[] {
    const inForce = this.#used.filter(([name, breaker]) => this.#breakers.get(name) === breaker);
    return inForce.map(([name, breaker]) => {
      const before = breaker.away;
      const shown = breaker.end(outcome);
      if (shown !== 'unknown') {
        this.#deps.telemetry.metrics.connectionAway.set({ connection: name }, shown === 'away' ? 1 : 0);
      }
      return { name, shown, before, after: breaker.away };
    });
  }

  /** Tells whom it concerns when a connection goes away or is back: once for all of its syncs. */
  async tell(all: readonly Shown[], specs: CompiledSpecs): Promise<void> {
    for (const { name, shown, before, after } of all) {
      if (shown === 'answers') await this.#answers(name, before, specs);
      else if (shown === 'away' && after !== undefined) await this.#isAway(name, before, after, specs);
    }
  }

  /** With each failed probe: the store knows what was told, and one that could not keep it then is asked again. */
  async #isAway(name: string, before: Away | undefined, away: Away, specs: CompiledSpecs): Promise<void> {
    const { notify, telemetry } = this.#deps;
    if (before === undefined) {
      telemetry.log.warn({ connection: name, reason: away.reason, message: away.message }, 'connection away');
    }
    const syncs = syncsOf(name, specs);
    const message = [
      `${away.message}.`,
      `Waiting for it: ${syncs.join(', ')}.`,
      'rosterd probes it after 1, 5, 15 and 60 minutes, 6 hours and then each day, and whenever a schedule or a person asks for a pass; all of them go on as soon as it is back. You get one more mail about this, when it is over.',
    ].join('\n\n');
    const failure = { key: alertOf(name), title: `connection ${name} is away: ${away.reason}`, message };
    await notify.failureBegan(failure, channelsOf(name, specs));
  }

  /** Also where nothing was known against it: what was told before a restart, only the store knows. */
  async #answers(name: string, before: Away | undefined, specs: CompiledSpecs): Promise<void> {
    const { notify, telemetry } = this.#deps;
    if (before !== undefined) {
      telemetry.log.info({ connection: name, since: isoInstant(before.since) }, 'connection back');
    }
    await notify.failureEnded(alertOf(name), channelsOf(name, specs));
  }

  #of({ from, to }: CompiledSync): readonly (readonly [string, Breaker])[] {
    return [...new Set([from, to])].map((name) => {
      const breaker = this.#breakers.get(name) ?? new Breaker(name, this.#deps);
      this.#breakers.set(name, breaker);
      return [name, breaker] as const;
    });
  }
}

function isAway(name: string, { since, reason, nextProbe }: Away): Waiting {
  const message = `connection ${name} is away since ${isoInstant(since)} (${reason}); it was probed less than a minute ago, and is again at ${isoInstant(nextProbe)}. The pass follows as soon as it is back; rosterd connection test ${name} looks at it now`;
  return new Waiting('ConnectionAway', message, { connection: name });
}

function namesOf({ connections, syncs }: CompiledSpecs): ReadonlySet<string> {
  return new Set([...connections.keys(), ...[...syncs.values()].flatMap(({ from, to }) => [from, to])]);
}

/** With its end, so that no other connection's begins with it. */
function alertOf(connection: string): string {
  return `connection/${connection}/`;
}

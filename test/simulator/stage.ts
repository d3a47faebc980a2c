import { approveHeld } from './approval.ts';
import { Claims, type Violation } from './claims.ts';
import { describeFaults, type Faults } from './faults.ts';
import { describeScope, type Scope } from './scope.ts';
import type { PassTrace } from './trace.ts';
import type { World } from './world.ts';

/** Plays single passes, looks at what the claims make of each, and keeps what happened. */
export class Stage {
  readonly world: World;
  readonly claims: Claims;
  readonly events: string[] = [];
  /** Accounts that somebody deleted by hand. */
  readonly deletedByHand = new Set<string>();
  faults = 0;
  holds = 0;
  /** True while it is not known what became of an order. */
  inDoubt = false;

  constructor(world: World) {
    this.world = world;
    this.claims = new Claims(world);
  }

  async pass(sync: string, faults: Faults = {}, scope: Scope = {}): Promise<Violation | undefined> {
    const what = describeFaults(faults);
    if (what !== '') this.faults += 1;
    const { outcome, trace } = await this.world.pass(sync, faults, scope);
    const { result, reason, message, held } = outcome?.summary ?? {
      result: 'crash',
      reason: null,
      message: '',
      held: 0,
    };
    if (held > 0) this.holds += 1;
    this.say(
      `pass ${trace.number} of ${sync}${describeScope(scope)}${what}: ${result} ${reason ?? ''} ${message}`,
    );
    this.inDoubt = (await this.world.store.openIntents('lms')).length > 0;
    const violation = this.claims.checkLog();
    if (violation !== undefined) return violation;
    if (reason === 'Bug' || reason === 'InternalError') return { claim: 'C4', text: `${reason}: ${message}` };
    if (!trace.endedWell)
      return this.world.troubled ? undefined : this.#stopped(trace, `${result} ${reason}`);
    return (what === '' ? this.#refused(trace) : undefined) ?? (await this.claims.checkLinks(sync));
  }

  /** Somebody looks at what is held, and lets it go. Answers whether anything was. */
  async approve(sync: string): Promise<boolean> {
    const people = await approveHeld(this.world, sync);
    this.claims.approve(sync, people);
    if (people.length > 0) this.say(`${people.length} held changes of ${sync} are approved`);
    return people.length > 0;
  }

  say(event: string): void {
    this.events.push(`${new Date(this.world.time.now()).toISOString().slice(0, 16)} ${event}`);
  }

  /** What nothing disturbs must end well, whatever single records are like. */
  #stopped(trace: PassTrace, how: string): Violation {
    const source = this.world.sources.get(trace.rules.hr);
    const bad = source !== undefined && (source.withoutId > 0 || source.doubles.size > 0);
    return { claim: bad ? 'C9' : 'C4', text: `a pass of ${trace.sync} that nothing disturbed ended ${how}` };
  }

  #refused(trace: PassTrace): Violation | undefined {
    // Who holds an address cannot be seen while a list lacks their account.
    if (this.world.target.lags) return undefined;
    const refused = this.world.target.log.find(
      (entry) => entry.pass === trace && entry.outcome === 'refused',
    );
    if (refused === undefined) return undefined;
    const { kind, personId } = refused;
    const text = `${kind} of ${personId} was sent before its time: the target had to refuse it`;
    return { claim: 'C4', text };
  }
}

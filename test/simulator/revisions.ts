import type { Checkout, RevisionSource } from '../../src/git/revision-source.ts';
import { Waiting } from '../../src/model/error.ts';
import { SpecsInForce } from '../../src/daemon/specs-in-force.ts';
import type { DaemonDeps } from '../../src/daemon/deps.ts';
import type { Clock } from '../../src/model/effects.ts';
import type { Telemetry } from '../../src/telemetry/telemetry.ts';
import type { CompiledSpecs } from '../../src/spec/compiled.ts';
import type { Violation } from './claims.ts';
import { compile, revisionOf, textOf } from './specs.ts';
import type { Company } from './rules.ts';

/** How the engine reads a revision: exchanged in an engine that was broken on purpose. */
export type Load = (written: string) => Promise<CompiledSpecs>;

/** News of revisions go to nobody here. */
const nobody: DaemonDeps['notify'] = {
  passEnded: async () => undefined,
  failureBegan: async () => undefined,
  failureEnded: async () => undefined,
  deliverWaiting: async () => undefined,
};

const never = new AbortController().signal;

/** The specs in Git, good ones and bad ones, and what the daemon makes of them. */
export class Revisions {
  /** What is in force by rights: the rules of the last good revision that could be fetched. */
  company: Company;
  #written: string;
  #good: string;
  #away = false;
  #lastGood: Checkout | undefined;
  readonly #texts = new Map<string, string>();
  readonly #surroundings: Pick<DaemonDeps, 'clock' | 'telemetry' | 'notify'>;
  readonly #load: Load;
  #inForce: SpecsInForce;

  constructor(company: Company, clock: Clock, telemetry: Telemetry, load: Load = compile) {
    this.company = company;
    this.#surroundings = { clock, telemetry, notify: nobody };
    this.#load = load;
    this.#written = textOf(company);
    this.#good = this.#written;
    this.#inForce = this.#daemon();
  }

  /** A commit of valid specs. */
  async commit(company: Company): Promise<Violation | undefined> {
    this.company = company;
    this.#written = textOf(company);
    this.#good = this.#written;
    return await this.check();
  }

  /** A commit that nobody should have made. */
  async commitBad(mistake: (written: string) => string): Promise<Violation | undefined> {
    this.#written = mistake(this.#good);
    return await this.check();
  }

  async mend(): Promise<Violation | undefined> {
    this.#written = this.#good;
    return await this.check();
  }

  /** The remote does not answer for a while. */
  async goesAway(): Promise<Violation | undefined> {
    this.#away = true;
    const violation = await this.check();
    this.#away = false;
    return violation;
  }

  /** Another process starts: it has the last good revision, before it asks the remote. */
  async restart(): Promise<void> {
    this.#inForce = this.#daemon();
    await this.#inForce.start();
  }

  /** One look at the source. C9: a bad revision changes nothing, and a good one counts whatever came before it. */
  async check(): Promise<Violation | undefined> {
    await this.#inForce.check(never);
    const { specs, status } = this.#inForce;
    const wanted = revisionOf(this.#good);
    if (specs?.revision.id === wanted && status.applied === wanted && specs.syncs.size === this.company.size)
      return undefined;
    const what = this.#written === this.#good ? 'good' : 'bad';
    return {
      claim: 'C9',
      text: `after a ${what} revision ${status.applied} is in force instead of ${wanted}`,
    };
  }

  /** Specs that the passes work with. */
  get specs(): CompiledSpecs {
    const { specs } = this.#inForce;
    if (specs === undefined) throw new Error('no specs are in force');
    return specs;
  }

  #daemon(): SpecsInForce {
    const load: DaemonDeps['load'] = async ({ revision }) => ({
      specs: await this.#load(this.#texts.get(revision.id) ?? ''),
      warnings: [],
    });
    return new SpecsInForce(
      { ...this.#surroundings, source: this.#source(), load },
      async () => () => undefined,
    );
  }

  #source(): RevisionSource {
    return {
      fetch: async () => {
        if (this.#away) throw new Waiting('Unreachable', 'the remote does not answer');
        const id = revisionOf(this.#written);
        this.#texts.set(id, this.#written);
        return { revision: { kind: 'folder', id }, folder: '/specs' };
      },
      lastGood: async () => this.#lastGood,
      markGood: async (checkout) => {
        this.#lastGood = checkout;
      },
      watch: async () => undefined,
    };
  }
}

import type { RunSummary } from '../../src/model/run.ts';
import { differences, expectedAccounts, type Changed } from './expected.ts';
import { syncName } from './specs.ts';
import type { Run, Stage } from './stage.ts';

/** Something did not come out as told. */
export class WrongOutcome extends Error {
  override readonly name = 'WrongOutcome';
}

/** One step of the story while it is played: what happened since it began, and whether it is right. */
export class Scene {
  readonly stage: Stage;
  readonly changed: Changed;
  readonly #firstWrite: number;
  readonly #firstMail: number;
  readonly #known: ReadonlySet<string>;

  private constructor(stage: Stage, changed: Changed, known: ReadonlySet<string>) {
    this.stage = stage;
    this.changed = changed;
    this.#known = known;
    this.#firstWrite = stage.systems.talentlms.loopback.writes().length;
    this.#firstMail = stage.systems.mail.mails.length;
  }

  static async begin(stage: Stage, changed: Changed): Promise<Scene> {
    return new Scene(stage, changed, new Set((await stage.runs()).map(({ id }) => id)));
  }

  tell(text: string): void {
    for (const line of text.trimEnd().split('\n')) this.stage.say(`   ${line}`);
  }

  check(right: boolean, told: string): void {
    if (!right) throw new WrongOutcome(`this does not hold: ${told}`);
    this.tell(`✓ ${told}`);
  }

  /** `rosterd sync`, which must end with this exit code; then tells of every pass of the step. */
  async sync(exit: number): Promise<RunSummary> {
    this.tell(`$ rosterd sync ${syncName}`);
    const { code, stderr } = await this.stage.rosterd('sync', syncName, '--output', 'json');
    const summary = await this.passes();
    this.check(
      code === exit,
      `rosterd sync ends with exit code ${exit}${code === exit ? '' : ` (${code}: ${stderr})`}`,
    );
    return summary;
  }

  /** Tells of the passes since the step began; answers with the last one. */
  async passes(): Promise<RunSummary> {
    const runs = (await this.stage.runs()).filter(({ id }) => !this.#known.has(id));
    for (const run of runs) this.tell(passLine(run));
    const last = runs.at(-1)?.summary;
    if (last === undefined) throw new WrongOutcome('the daemon made no pass');
    return last;
  }

  /** Write requests of this step as TalentLMS counted them, `3 POST /users` with ids left out. */
  writes(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { method, path } of this.stage.systems.talentlms.loopback.writes().slice(this.#firstWrite)) {
      const key = `${method} ${path.replace('/api/v2', '').replace(/\d+$/, 'ID')}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  /** Checks how many write requests of each kind this step took, and nothing else. */
  checkWrites(wanted: Readonly<Record<string, number>>): void {
    const sent = this.writes();
    const right =
      sent.size === Object.keys(wanted).length &&
      Object.entries(wanted).every(([kind, count]) => sent.get(kind) === count);
    const wantedText = listed(Object.entries(wanted));
    this.check(
      right,
      `TalentLMS got ${wantedText === '' ? 'no write request' : `${wantedText} and no other write`}${right ? '' : ` (it got ${listed([...sent])})`}`,
    );
  }

  /** Compares every account of the portal with what the story says. */
  checkAccounts(): void {
    const { people, talentlms } = this.stage.systems;
    const expected = expectedAccounts(people, this.changed);
    const wrong = differences(talentlms, expected);
    this.check(
      wrong.length === 0,
      `all ${expected.size} accounts in TalentLMS are as they must be, value by value${wrong.length === 0 ? '' : `; ${wrong.length} are not: ${wrong.slice(0, 3).join('; ')}`}`,
    );
  }

  /** Waits for a mail of this step whose subject has this in it. */
  async checkMail(part: string): Promise<void> {
    const { stage } = this;
    const found = await stage.until(`a mail about "${part}"`, () =>
      Promise.resolve(
        stage.systems.mail.mails
          .slice(this.#firstMail)
          .map(({ headers }) => headers.get('subject') ?? '')
          .find((subject) => subject.includes(part)),
      ),
    );
    this.tell(`✓ people-ops@example.com got the mail "${found}"`);
  }
}

/** `pass woken by the revision: held: …` */
export function passLine({ trigger, summary }: Run): string {
  return `→ pass (${wokenBy[trigger]}): ${summary?.result ?? 'running'}: ${summary?.message ?? ''}`;
}

const wokenBy: Readonly<Record<Run['trigger'], string>> = {
  schedule: 'by its schedule',
  activation: 'by its activation',
  revision: 'by the new commit',
  request: 'because somebody asked',
  cli: 'by the command line',
  due: 'by a date',
  webhook: 'by a webhook',
  retry: 'tried again',
};

function listed(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([kind, count]) => `${count} × ${kind}`).join(', ');
}

import { Option, type Command } from 'commander';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit.ts';

type Body<Options> = (options: Options, context: CliContext) => Promise<ExitCode>;

/** Runs a command's body; it is loaded only now. */
export type Run = <Options>(load: () => Promise<{ run: Body<Options> }>, options: Options) => Promise<void>;

/** Commands that look. */
export function lookingCommands(program: Command, run: Run): void {
  help(
    program
      .command('validate')
      .description('check the specs; needs no system and no secret')
      .action(() => run(() => import('./commands/validate.ts'), {})),
    'rosterd validate --specs specs',
  );
  help(
    program
      .command('plan [syncs...]')
      .description('say what would change for whom; writes nothing')
      .addOption(
        new Option('--exit-code <how>', 'detailed, or ci: changes are no failure')
          .choices(['detailed', 'ci'])
          .default('detailed'),
      )
      .addOption(onlyPerson())
      .addOption(
        new Option(
          '--base <revision>',
          'only what this branch changes since it left that revision',
        ).conflicts('person'),
      )
      .action((syncs: string[], { exitCode, person, base }: PlanOptions) =>
        base === undefined
          ? run(() => import('./commands/plan.ts'), { syncs, ci: exitCode === 'ci', person })
          : run(() => import('./commands/plan-base.ts'), { syncs, ci: exitCode === 'ci', base }),
      ),
    'rosterd plan --specs specs',
    'rosterd plan --base origin/main --output markdown',
    'rosterd plan staff-to-lms --output markdown --exit-code ci',
  );
  help(
    program
      .command('explain <person>')
      .description('say for one person what was read, which clause decided, which expression gave each value')
      .option('--sync <name>', 'only in this sync')
      .action((person: string, options: { sync?: string }) =>
        run(() => import('./commands/explain.ts'), { person, ...options }),
      ),
    'rosterd explain 4711',
  );
  help(
    program
      .command('upcoming')
      .description('say what dates will bring to whom: last days, first days, ends of grace; writes nothing')
      .option('--days <n>', 'how far ahead, up to 31', '14')
      .option('--sync <name>', 'only in this sync')
      .action((options: { days: string; sync?: string }) =>
        run(() => import('./commands/upcoming.ts'), options),
      ),
    'rosterd upcoming --days 14',
  );
  help(
    program
      .command('runs [sync]')
      .description('list runs, or the people of one run with the record as sent')
      .option('--run <id>', 'the people of this run')
      .option('--limit <n>', 'newest runs', '20')
      .action((sync: string | undefined, options: { run?: string; limit: string }) =>
        run(() => import('./commands/runs.ts'), { sync, ...options }),
      ),
    'rosterd runs staff-to-lms',
    'rosterd runs --run 01JD3V8J5T',
  );
  help(
    program
      .command('status')
      .description('conditions of every sync, from the running daemon or else from the store')
      .action(() => run(() => import('./commands/status.ts'), {})),
    'rosterd status',
  );
  help(
    program
      .command('schema [kind]')
      .description('print the JSON Schema of a kind of document, or of all')
      .action((kind: string | undefined) => run(() => import('./commands/schema.ts'), { kind })),
    'rosterd schema Sync',
  );
}

/** Commands that write, or keep running. */
export function workingCommands(program: Command, run: Run): void {
  help(
    program
      .command('apply [syncs...]')
      .description('one pass of each sync: look, plan, judge, and write what is not held')
      .addOption(onlyPerson())
      .action((syncs: string[], { person }: { person?: string[] }) =>
        run(() => import('./commands/apply.ts'), { syncs, person }),
      ),
    'rosterd apply --specs specs',
    'rosterd apply staff-to-lms --person 4711',
  );
  help(
    program
      .command('daemon')
      .description('run for ever: follow the specs and keep their syncs')
      .action(() => run(() => import('./commands/daemon.ts'), {})),
    'rosterd daemon --config rosterd.config.yaml',
  );
  help(
    program
      .command('sync <name>')
      .description('ask the running daemon for a pass now, and wait for its outcome')
      .addOption(onlyPerson())
      .action((name: string, { person }: { person?: string[] }) =>
        run(() => import('./commands/sync.ts'), { name, person }),
      ),
    'rosterd sync staff-to-lms',
  );
  help(
    program
      .command('approve <digest>')
      .description('write an Approval of what is held under this digest, to be committed')
      .option('--by <who>', 'who approves (default: user.email of git)')
      .option('--reason <text>', 'why')
      .option('--expires <duration>', 'how long it may release', '3d')
      .option('--dir <folder>', 'where to write it (default: approvals/ in the specs folder)')
      .action((digest: string, options: { by?: string; reason?: string; expires: string; dir?: string }) =>
        run(() => import('./commands/approve.ts'), { digest, ...options }),
      ),
    'rosterd approve 3f2c1a9d --by ada@example.com --reason "reorganisation in sales"',
  );
  help(
    program
      .command('demo')
      .description(
        'start two vendor servers, a Git repository and the daemon on this machine, and tell the story',
      )
      .option('--once', 'play the story to its end and check each step')
      .action((options: { once?: boolean }) =>
        run(() => import('./commands/demo.ts'), { once: options.once === true }),
      ),
    'rosterd demo --once',
  );
}

interface PlanOptions {
  readonly exitCode: string;
  readonly person?: string[];
  readonly base?: string;
}

/** May be given several times. */
function onlyPerson(): Option {
  return new Option(
    '--person <id>',
    'only this person, by the id in the source; repeat it for more',
  ).argParser((id: string, before: readonly string[] | undefined) => [...(before ?? []), id]);
}

/** Adds examples to a command's help. */
export function help(command: Command, ...examples: string[]): void {
  command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);
}

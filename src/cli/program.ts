import { setImmediate } from 'node:timers/promises';
import { Command, CommanderError, Option } from 'commander';
import type { Workspace } from '../compose/workspace.ts';
import { systemClock, systemRandom } from '../effects/system.ts';
import { Invalid, SyncError, Waiting, formatFinding, messageOf } from '../model/error.ts';
import { dataClasses } from '../model/value.ts';
import type { CliContext, GlobalOptions } from './context.ts';
import { connectionCommands } from './declare-connection.ts';
import { lookingCommands, workingCommands, type Run } from './declare.ts';
import { linksCommands } from './declare-links.ts';
import { Exit, exitCodeHelp, exitOfError, type ExitCode } from './exit.ts';
import { createOutput } from './output.ts';

/**
 * Runs one command and says how it ended. Nothing else in rosterd exits the process. Bodies of commands are loaded when
 * they are called, so that `--help` and `validate` start quickly.
 */
export async function main(argv: readonly string[], process: NodeJS.Process): Promise<ExitCode> {
  let code: ExitCode = Exit.settled;
  let lost: NodeJS.ErrnoException | undefined;
  const program = declare(
    process,
    (ended) => (code = ended),
    (error) => (lost ??= error),
  );
  try {
    await program.parseAsync([...argv], { from: 'user' });
    // A stream tells of it after the call that wrote.
    await setImmediate();
    if (lost === undefined) return code;
    process.stderr.write(
      `rosterd: what was to be said could not be written (${lost.code ?? lost.message})\n`,
    );
    return Exit.fault;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.settled : Exit.fault;
    process.stderr.write(`${tellError(error)}\n`);
    return exitOfError(error);
  }
}

function tellError(error: unknown): string {
  if (error instanceof Invalid) return error.findings.map(formatFinding).join('\n');
  if (error instanceof SyncError) return `rosterd: ${error.message} [${error.reason}]`;
  return `rosterd: ${messageOf(error)}`;
}

type Ended = (code: ExitCode) => void;
type Lost = (error: NodeJS.ErrnoException) => void;

function declare(process: NodeJS.Process, ended: Ended, lost: Lost): Command {
  const program = new Command('rosterd')
    .description('Keeps people in sync: specs in Git say which HR system feeds which other system.')
    .version('0.1.0')
    .option('--specs <dir>', 'folder of the specs (default: what the configuration says)')
    .option(
      '--config <file>',
      "operator's configuration (default: rosterd.config.yaml here or beside the specs)",
    )
    .option('--data <dir>', 'folder for the store (default: what the configuration says, else .rosterd)')
    .addOption(
      new Option('--output <format>', 'text, json or markdown')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .addOption(
      new Option('--show <class>', 'show values up to this class')
        .choices([...dataClasses])
        .default('internal'),
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help to see what there is)')
    .configureOutput({
      writeOut: (text) => process.stdout.write(text),
      writeErr: (text) => process.stderr.write(text),
    })
    .addHelpText(
      'after',
      `\n${exitCodeHelp}\n\nExamples:\n  rosterd validate --specs specs\n  rosterd plan --specs specs --config rosterd.config.yaml\n  rosterd apply --specs specs --config rosterd.config.yaml`,
    );
  const run = runner(program, process, ended, lost);
  lookingCommands(program, run);
  workingCommands(program, run);
  connectionCommands(program, run);
  linksCommands(program, run);
  return program;
}

function runner(program: Command, process: NodeJS.Process, ended: Ended, lost: Lost): Run {
  return async (load, options) => {
    const global = program.opts<GlobalOptions>();
    const out = createOutput(global.output, process.stdout, process.stderr, process.env, lost);
    const stop = new AbortController();
    const onSignal = (signal: NodeJS.Signals) => {
      out.say(`${signal}: stopping; who is being written is finished first`);
      stop.abort();
    };
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    let opened: Promise<Workspace> | undefined;
    const context: CliContext = {
      out,
      global,
      env: process.env,
      cwd: process.cwd(),
      signal: stop.signal,
      clock: systemClock,
      random: systemRandom,
      workspace: (how) => (opened ??= openWorkspace(context, how?.log === true)),
    };
    try {
      const body = await load();
      ended(await body.run(options, context));
    } catch (error) {
      if (!stop.signal.aborted || error instanceof SyncError) throw error;
      throw new Waiting('Stopped', 'stopped before the end, as asked');
    } finally {
      process.removeListener('SIGINT', onSignal).removeListener('SIGTERM', onSignal);
      await (await opened?.catch(() => undefined))?.close();
    }
  };
}

async function openWorkspace(
  { global, env, cwd, clock, random }: CliContext,
  logs: boolean,
): Promise<Workspace> {
  const compose = await import('../compose.ts');
  const { specs, config, data } = global;
  return await compose.openWorkspace({
    ...(specs === undefined ? {} : { specs }),
    ...(config === undefined ? {} : { config }),
    ...(data === undefined ? {} : { data }),
    env,
    cwd,
    clock,
    random,
    logs,
  });
}

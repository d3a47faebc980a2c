import type { Command } from 'commander';
import { help, type Run } from './declare.ts';

interface Written {
  readonly reason?: string;
  readonly by?: string;
  readonly save?: boolean;
  readonly dir?: string;
}

/** Commands about who is who: they look into the store and write documents, and never change a link. */
export function linksCommands(program: Command, run: Run): void {
  const links = program.command('links').description('which account is whose, and documents that decide it');
  help(
    links
      .command('list [sync]')
      .description('person, account, state, since when and by which document')
      .action((sync: string | undefined) => run(() => import('./commands/links-list.ts'), { sync })),
    'rosterd links list staff-to-lms --output json',
  );
  help(
    writing(
      links.command('export [sync]').description('a Links document with every link of a sync'),
      false,
    ).action((sync: string | undefined, options: Written) =>
      run(() => import('./commands/links-export.ts'), { sync, ...options, save: options.save === true }),
    ),
    'rosterd links export staff-to-lms --save',
  );
  help(
    writing(
      links
        .command('adopt <person> <account>')
        .description('say that this account is this person’s; prints whom that touches')
        .option('--sync <name>', 'in this sync; may be left out where there is only one'),
    ).action((person: string, account: string, options: Written & { sync?: string }) =>
      run(() => import('./commands/links-adopt.ts'), {
        person,
        account,
        ...options,
        save: options.save === true,
      }),
    ),
    'rosterd links adopt 4711 1017 --sync staff-to-lms --reason "same person, married" --save',
  );
  help(
    writing(
      links
        .command('release <person>')
        .description('give the account of this person up: it stays as it is, and is nobody’s')
        .option('--sync <name>', 'in this sync; may be left out where there is only one'),
    ).action((person: string, options: Written & { sync?: string }) =>
      run(() => import('./commands/links-release.ts'), { person, ...options, save: options.save === true }),
    ),
    'rosterd links release 4711 --sync staff-to-lms --reason "looked after by hand" --save',
  );
  help(
    writing(
      links
        .command('transfer')
        .description('let a sync take over the links of one that is gone or has another name now')
        .requiredOption('--from <sync>', 'the sync that is not in the specs any more')
        .requiredOption('--to <sync>', 'the sync that takes over'),
    ).action((options: Written & { from: string; to: string }) =>
      run(() => import('./commands/links-transfer.ts'), { ...options, save: options.save === true }),
    ),
    'rosterd links transfer --from staff --to staff-to-lms --save',
  );
}

function writing(command: Command, signs = true): Command {
  const signed = signs
    ? command
        .option('--reason <text>', 'why')
        .option('--by <who>', 'who decides (default: user.email of git)')
    : command;
  return signed
    .option('--save', 'write the document into the specs, to be committed')
    .option('--dir <folder>', 'where to write it (default: links/ in the specs folder)');
}

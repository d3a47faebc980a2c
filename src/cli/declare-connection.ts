import { InvalidArgumentError, Option, type Command } from 'commander';
import { entities, type Entity } from '../model/entity.ts';
import { durationMs, parseDuration } from '../spec/duration.ts';
import { help, type Run } from './declare.ts';

/** Commands about the systems that specs connect to. */
export function connectionCommands(program: Command, run: Run): void {
  const connection = program.command('connection').description('the systems that specs connect to');
  help(
    connection
      .command('list')
      .description('connections of the specs, and what every connector can do')
      .action(() => run(() => import('./commands/connection-list.ts'), {})),
    'rosterd connection list --specs specs',
  );
  help(
    connection
      .command('test [names...]')
      .description('ask each system who we are and which permission is missing')
      .addOption(new Option('--entity <what>', 'permission to read what').choices(entities).default('person'))
      .action((names: string[], { entity }: { entity: Entity }) =>
        run(() => import('./commands/connection-test.ts'), { names, entity }),
      ),
    'rosterd connection test',
    'rosterd connection test personio',
  );
  help(
    connection
      .command('fields <name> [search]')
      .description(
        'attributes that the credential can read; --save keeps them in the specs for offline checks',
      )
      .option('--filled', 'read everybody, and say how many have each')
      .option('--save', 'write fields/<name>.fields.yaml into the specs folder')
      .addOption(new Option('--entity <what>', 'attributes of what').choices(entities).default('person'))
      .action((name: string, search: string | undefined, { save, filled, entity }: FieldsOptions) =>
        run(() => import('./commands/connection-fields.ts'), {
          name,
          entity,
          search,
          save: save === true,
          filled: filled === true,
        }),
      ),
    'rosterd connection fields talentlms --save --specs specs',
    'rosterd connection fields personio city --filled',
    'rosterd connection fields talentlms --entity enrollment',
  );
  help(
    connection
      .command('connect <name>')
      .description(
        'let somebody connect with a browser; what the system gives us to keep is sealed in the store',
      )
      .addOption(
        new Option('--redirect <url>', "where the system's page sends the browser back to")
          .default('http://127.0.0.1:7411/connected')
          .argParser(parseRedirect),
      )
      .addOption(new Option('--wait <duration>', 'how long to wait').default('15m').argParser(parseWait))
      .action((name: string, { redirect, wait }: { redirect: string; wait: string }) =>
        run(() => import('./commands/connection-connect.ts'), { name, redirect, waitMs: durationMs(wait) }),
      ),
    'rosterd connection connect bamboohr',
    'rosterd connection connect bamboohr --redirect https://intranet.example.com/rosterd',
  );
  help(
    connection
      .command('disconnect <name>')
      .description('forget what the system gave us to keep; nobody loses an account')
      .action((name: string) => run(() => import('./commands/connection-disconnect.ts'), { name })),
    'rosterd connection disconnect bamboohr',
  );
}

interface FieldsOptions {
  readonly save?: boolean;
  readonly filled?: boolean;
  readonly entity: Entity;
}

function parseRedirect(text: string): string {
  const isWeb = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (!isWeb) throw new InvalidArgumentError('it is an address such as http://127.0.0.1:7411/connected.');
  return text;
}

function parseWait(text: string): string {
  if (parseDuration(text) === undefined)
    throw new InvalidArgumentError('it is a duration such as 15m or 1h.');
  return text;
}

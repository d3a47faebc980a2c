import type { ToriiClient } from '../client.ts';
import { everyUser } from '../listing.ts';
import type { IntegrationConfig } from '../schema.ts';
import { AppFile } from './app-file.ts';
import { appUsersOf, ofAccount } from './app-users.ts';

/**
 * The users of the account as they are now, whole, as the file that would leave them as they are. Rejects where the list
 * is not whole, or tells of somebody in a form that could not be sent again: a part of it must never become a file.
 */
export async function loadFile(
  client: ToriiClient,
  config: IntegrationConfig,
  signal: AbortSignal,
): Promise<AppFile> {
  const file = new AppFile(config);
  for await (const items of everyUser(client, appUsersOf(config), signal)) {
    for (const item of ofAccount(items, config, client)) {
      if (!file.add(item))
        throw client.unexpected('a user of the application in a form that cannot be sent again');
    }
  }
  return file;
}

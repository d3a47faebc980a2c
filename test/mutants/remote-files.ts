import { inFile } from './mutant.ts';

/** Lists on SFTP servers, and users of Talos Perform. */
export const remoteFiles = [
  ...inFile(
    'connectors/csv/sftp-look.ts',
    [
      'sftp-upload-is-a-list',
      'if (isSame(first, second)) return second;',
      'return second;',
      'A list that is still being uploaded is read, and whoever is not in it yet has vanished.',
    ],
    [
      'sftp-old-marker',
      'found.modifiedMs >= facts.modifiedMs',
      'found.modifiedMs >= 0',
      'The marker of yesterday’s list says that today’s is complete.',
    ],
  ),
  ...inFile(
    'connectors/csv/sftp-file.ts',
    [
      'sftp-same-length-same-second',
      '(await digestOf(session, now.path, now.facts.size, task)) === digest',
      'true',
      'Half of one list and half of another count as everybody.',
    ],
    [
      'sftp-edit-is-overwritten',
      'return (await digestOf(session, now.path, now.facts.size, task)) === this.#known.digest;',
      'return true;',
      'What somebody else has written in the same second is lost.',
    ],
  ),
  ...inFile('connectors/csv/delivered-file.ts', [
    'delivered-and-not-listed-is-not-sent',
    "return 'stamp' in listed ? listed : { ...listed, unknown: true };",
    'return listed;',
    'A list that went out counts as not sent.',
  ]),
  ...inFile('connectors/sftp/session.ts', [
    'sftp-failure-is-no-file',
    'error.status === status.noSuchFile) return undefined;',
    'error.status >= status.noSuchFile) return undefined;',
    'A server that refuses to look has an empty new list, and everybody is created again.',
  ]),
  ...inFile('connectors/sftp/host-key.ts', [
    'sftp-any-server',
    'return [hostKey].flat().includes(fingerprint);',
    'return hostKey.length > 0 || fingerprint.length > 0;',
    'Whoever answers at the address gets the password.',
  ]),
  ...inFile('connectors/sftp/login.ts', [
    'sftp-password-for-any-prompt',
    'only?.echo !== true',
    'true',
    'The password is given where it is shown.',
  ]),
  ...inFile(
    'connectors/sftp/upload.ts',
    [
      'sftp-half-an-upload',
      'if (size !== bytes.length) {',
      'if (false) {',
      'A list that arrived by half takes the place of the whole one.',
    ],
    [
      'sftp-lost-is-not-sent',
      'unknown: error instanceof LostAnswer',
      'unknown: false',
      'A list that may be in its place counts as not sent.',
    ],
  ),
  ...inFile('connectors/sftp/put-in-place.ts', [
    'sftp-aside-unasked',
    "if (replace === 'atomic') throw cannotReplace(task.place);",
    '',
    'For a moment there is no list, and nobody has said that this may be.',
  ]),
  ...inFile('connectors/talos-perform/api/writer.ts', [
    'talos-clears-by-change',
    'const clears = isChange && Object.values(order.set).some(isEmpty);',
    'const clears = false;',
    'What is taken away stays, and is taken away again in each pass.',
  ]),
  ...inFile(
    'connectors/talos-perform/file/rules.ts',
    [
      'talos-address-twice',
      'byEmail.get(fold(user.email)) === 1',
      'true',
      'The import refuses a file in which an address is twice.',
    ],
    [
      'talos-manager-leaves-first',
      'user.isActive || !managing.has(user.id)',
      'true',
      'The import refuses to deactivate somebody who manages others.',
    ],
  ),
  ...inFile('plan/order.ts', [
    'leaver-before-reports',
    "situation === 'left' && last !== true",
    "situation === 'left'",
    'A manager who left keeps access until the next pass.',
  ]),
];

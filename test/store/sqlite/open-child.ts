import { SyncError } from '../../../src/model/error.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { setClock, testSealer } from '../fixtures.ts';

/** Opens the store named by the first argument and says what came of it. */
try {
  const store = await openSqliteStore({
    file: process.argv[2] ?? '',
    sealer: testSealer(),
    clock: setClock(),
  });
  await store.close();
  process.stdout.write('opened');
} catch (error) {
  process.stdout.write(error instanceof SyncError ? `${error.name} ${error.reason}` : String(error));
}

import { startScim } from '../test/vendors/scim/server.ts';

/** The target of one side, in its own process: `fork` it with the delay of each answer in ms. It ends with its parent. */
const delayMs = Number(process.argv[2] ?? 0);
const server = await startScim({ token: 'bench', ...(delayMs > 0 ? { delayMs } : {}) });

process.on('message', () => process.send?.({ users: server.size, writes: server.loopback.writes().length }));
process.on('disconnect', () => process.exit());
process.send?.({ url: server.url });

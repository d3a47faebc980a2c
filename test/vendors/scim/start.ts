import { parseArgs } from 'node:util';
import { startScim } from './server.ts';

/**
 * A SCIM server to try things with: `node test/vendors/scim/start.ts --port 8444 --token try-me`. It forgets everything
 * when it ends.
 */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '8444' }, token: { type: 'string', default: 'try-me' } },
});
const server = await startScim({ token: values.token, port: Number(values.port) });
console.log(`SCIM server at ${server.url}, token ${values.token}; Ctrl-C ends it`);

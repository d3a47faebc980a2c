import { expect, test } from 'vitest';

import { Secret } from '../../src/model/secret.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

test('a line has its time and its words, and no credential', () => {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  log.debug('unheard');
  log.info(
    {
      sync: 'staff',
      password: 'sesame',
      headers: { authorization: 'Bearer sesame' },
      smtp: { password: 'sesame', token: 'sesame', secret: 'sesame' },
      key: new Secret('env:KEY', 'sesame', []),
    },
    'pass ended',
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('sesame');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    sync: 'staff',
    msg: 'pass ended',
    key: '***',
  });
  expect((JSON.parse(lines[0] ?? '') as { time: string }).time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

import { expect, test } from 'vitest';
import { faultyFiles } from './faults.ts';
import { findingsOf } from './folder.ts';

test.each(faultyFiles)('%s', async (_name, files) => {
  const findings = await findingsOf(files);

  expect(findings).not.toEqual([]);
  expect(`\n${findings.join('\n')}\n`).toMatchSnapshot();
});

import { expect, test } from 'vitest';

import { parseGitUrl } from '../../src/git/address.ts';

test('plain http leads to this machine only, since the token would travel in the clear', () => {
  for (const host of ['git.example.com', '10.0.0.7', '127.0.0.1.example.com', 'localhost.example.com']) {
    expect(() => parseGitUrl(`http://${host}/people.git`, true)).toThrow('write https');
  }
  for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:8080']) {
    expect(parseGitUrl(`http://${host}/people.git`, true)).toMatchObject({ host, protocols: 'http' });
  }
});

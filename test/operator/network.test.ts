import { expect, test } from 'vitest';
import { networkPolicy } from '../../src/operator/network.ts';

const closed = networkPolicy({ network: { private: [], http: false } });
const open = networkPolicy({ network: { private: ['hr.internal', '10.1.0.0/16', '::1'], http: true } });

test.each([
  ['api.example.com', ['93.184.216.34']],
  ['api.example.com', ['2606:2800:220:1::1']],
])('%s at %j is public', (host, addresses) => {
  expect(closed.check(host, addresses)).toBeUndefined();
});

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '::1',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:127.0.0.1',
  '::ffff:169.254.169.254',
  '64:ff9b::7f00:1',
])('%s is private, also behind a public name', (address) => {
  expect(closed.check('api.example.com', ['93.184.216.34', address])).toContain('is on a private network');
  expect(closed.check(address, [])).toContain('network.private');
});

test('what the operator lists may be reached, by name, address or range', () => {
  expect(open.check('HR.internal', ['192.168.1.1'])).toBeUndefined();
  expect(open.check('lms.example.com', ['10.1.2.3'])).toBeUndefined();
  expect(open.check('[::1]', [])).toBeUndefined();
  expect(open.check('lms.example.com', ['10.2.2.3'])).toContain('is on a private network (10.2.2.3)');
});

test('plain http is for listed hosts, where the operator says so', () => {
  expect(open.check('hr.internal', ['192.168.1.1'], 'http:')).toBeUndefined();
  expect(open.check('api.example.com', ['93.184.216.34'], 'http:')).toContain(
    'may not be reached by plain http',
  );
  expect(closed.check('api.example.com', ['93.184.216.34'], 'http:')).toContain('use https');
});

test('a name without an address is refused', () => {
  expect(closed.check('api.example.com', [])).toBe('api.example.com has no address');
});

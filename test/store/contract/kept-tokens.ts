import { describe, expect, test } from 'vitest';
import type { OpenedStore } from '../fixtures.ts';
import { noon } from '../fixtures.ts';

const hosts = ['hr.example.com', 'hr.example.com:8443'];

export function describeKeptTokens(open: () => Promise<OpenedStore>): void {
  describe('what a system gave a connection to keep', () => {
    test('is what was kept last, for the hosts it was kept for, also after a restart and however long ago', async () => {
      const { store, reopen } = await open();
      const tokens = store.keptTokens('hr');
      expect(await tokens.recall('refresh')).toBeUndefined();
      await tokens.keep('refresh', { text: 'first', hosts: ['old.example.com'] });
      await tokens.keep('refresh', { text: 'second', hosts });
      await store.expire(noon * 2);
      const secret = await (await reopen()).keptTokens('hr').recall('refresh');
      expect(secret?.reveal('hr.example.com')).toBe('second');
      expect(() => secret?.reveal('old.example.com')).toThrow('token:hr/refresh may not be sent');
    });

    test('is of one connection and one name, and can be forgotten', async () => {
      const { store } = await open();
      await store.keptTokens('hr').keep('refresh', { text: 'ours', hosts });
      expect(await store.keptTokens('hr').recall('account')).toBeUndefined();
      expect(await store.keptTokens('lms').recall('refresh')).toBeUndefined();
      expect(await store.keptTokens('lms').forget()).toBe(0);
      expect(await store.keptTokens('hr').recall('refresh')).toBeDefined();
      await store.keptTokens('hr').keep('account', { text: 'more', hosts });
      expect(await store.keptTokens('hr').forget()).toBe(2);
      expect(await store.keptTokens('hr').recall('refresh')).toBeUndefined();
      expect(await store.keptTokens('hr').recall('account')).toBeUndefined();
    });
  });
}

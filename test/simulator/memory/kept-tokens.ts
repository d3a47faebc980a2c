import type { KeptToken } from '../../../src/model/kept-tokens.ts';
import { Secret } from '../../../src/model/secret.ts';
import type { Store } from '../../../src/store/store.ts';

export function keptTokens(): Store['keptTokens'] {
  const kept = new Map<string, KeptToken>();
  return (connection) => ({
    recall: async (name) => {
      const token = kept.get(`${connection} ${name}`);
      return token && new Secret(`token:${connection}/${name}`, token.text, token.hosts);
    },
    keep: async (name, token) => void kept.set(`${connection} ${name}`, token),
    forget: async () => {
      const ours = [...kept.keys()].filter((key) => key.startsWith(`${connection} `));
      for (const key of ours) kept.delete(key);
      return ours.length;
    },
  });
}

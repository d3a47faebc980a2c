import { expect, test } from 'vitest';
import { conformance } from './conformance.ts';
import { faultsOf, outcome } from './environment.ts';

test.each(conformance)('CEL: %s gives %j', (text, gives) => {
  if (gives === 'fault') expect(faultsOf(text)).not.toEqual([]);
  else expect(outcome(text)).toEqual(gives);
});

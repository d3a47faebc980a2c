import type { Chance } from './chance.ts';

/** What the specs of one seed say; a revision changes one of these. */
export interface Rules {
  readonly outOfScope: 'keep' | 'disable' | 'delete';
  readonly away: 'keep' | 'disable';
  readonly vanished: 'hold' | 'disable';
  readonly phoneOnNull: 'keep' | 'clear';
  readonly department: 'as it is' | 'upper case';
  readonly mode: 'full' | 'observe';
}

/** The rules of one seed. */
export function drawRules(chance: Chance): Rules {
  return {
    outOfScope: chance.oneOf('keep', 'disable', 'delete'),
    away: chance.oneOf('keep', 'disable'),
    vanished: chance.oneOf('hold', 'disable'),
    phoneOnNull: chance.oneOf('keep', 'clear'),
    department: 'as it is',
    mode: 'full',
  };
}

import type { Chance } from './chance.ts';

export type Mode = 'full' | 'upsert' | 'create-only' | 'observe';

/** What the spec of one sync says; a revision changes one of these. */
export interface Rules {
  /** The HR system that is read. */
  readonly hr: string;
  /** The part of its people that takes part; everybody where it is left out. */
  readonly site?: 'North' | 'South';
  readonly mode: Mode;
  /** Who decides where several syncs have people for one account: the lowest. */
  readonly precedence?: number;
  readonly zone: string;
  readonly outOfScope: 'keep' | 'disable' | 'delete';
  readonly away: 'keep' | 'disable';
  readonly vanished: 'hold' | 'disable';
  readonly returned: 'reuse' | 'new' | 'hold';
  /** Days before the start on which accounts are made ahead, disabled. */
  readonly createBefore: number;
  /** Days after we disabled the account of a leaver; 0 for never. */
  readonly deleteAfter: number;
  readonly phoneOnNull: 'keep' | 'clear';
  readonly department: 'as it is' | 'upper case';
}

/** The rules of every sync, by name. */
export type Company = ReadonlyMap<string, Rules>;

/** One to three syncs with one target: the second and the third share an HR system. */
export function drawCompany(chance: Chance): Company {
  const many = chance.oneOf(1, 1, 1, 1, 1, 1, 2, 2, 3);
  const usual = drawRules(chance, 'staff', chance.oneOf('full', 'full', 'full', 'full', 'upsert'));
  if (many === 1) return new Map([['staff', usual]]);
  const crew = drawRules(chance, 'crew', chance.oneOf('full', 'full', 'upsert', 'create-only'));
  if (many === 2)
    return new Map([
      ['staff', usual],
      ['crew', crew],
    ]);
  const guests = drawRules(chance, 'crew', chance.oneOf('full', 'upsert', 'create-only', 'observe'));
  return new Map([
    ['staff', usual],
    ['crew', { ...crew, site: 'North' }],
    ['guests', { ...guests, site: 'South' }],
  ]);
}

function drawRules(chance: Chance, hr: string, mode: Mode): Rules {
  // Drawn apart, so that everything else of a seed stays as it was.
  const apart = chance.fork(`life of ${hr}`);
  return {
    returned: apart.oneOf('reuse', 'reuse', 'new', 'hold'),
    createBefore: apart.oneOf(0, 0, 2),
    deleteAfter: apart.oneOf(0, 0, 2),
    hr: `hr-${hr}`,
    mode,
    zone: chance.oneOf(
      'UTC',
      'UTC',
      'Europe/Berlin',
      'America/Santiago',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
    ),
    outOfScope: chance.oneOf('keep', 'disable', 'delete'),
    away: chance.oneOf('keep', 'disable'),
    vanished: chance.oneOf('hold', 'disable'),
    phoneOnNull: chance.oneOf('keep', 'clear'),
    department: 'as it is',
  };
}

/** Another valid spec. What only creates stays so: accounts that it linked and never wrote to say nothing from outside. */
export function revised(rules: Rules, chance: Chance): Partial<Rules> {
  const mode =
    rules.mode === 'create-only' ? rules.mode : chance.oneOf<Mode>('full', 'full', 'upsert', 'observe');
  return chance.oneOf<Partial<Rules>>(
    { department: rules.department === 'as it is' ? 'upper case' : 'as it is' },
    { department: rules.department === 'as it is' ? 'upper case' : 'as it is' },
    { away: rules.away === 'keep' ? 'disable' : 'keep' },
    { vanished: rules.vanished === 'hold' ? 'disable' : 'hold' },
    { phoneOnNull: rules.phoneOnNull === 'keep' ? 'clear' : 'keep' },
    { mode },
  );
}

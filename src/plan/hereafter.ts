import type { Situation } from '../model/change.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Found } from './found.ts';
import type { Holding } from './holding.ts';
import type { Deed } from './situations.ts';

/** What somebody will have once a deed is done. `real`: nothing was assumed yet. */
export interface Held extends Holding {
  readonly real: boolean;
}

/** Whether the deed changes who has which account, and whether it can be used. */
export function changesHolding(deed: Deed): boolean {
  return deed !== 'nothing' && deed !== 'align';
}

/** What the next reading and the store will show after the deed, as far as what is due next depends on it. */
export function afterDeed({ found, link }: Held, deed: Deed, situation: Situation, at: number): Held {
  const row = found.row ?? { id: '', values: [] };
  if (deed === 'delete') return { found: { ...found, row: undefined }, link, real: false };
  if (deed === 'disable' || deed === 'linkAndDisable') {
    const fact = situation === 'away' ? 'endedAway' : 'ended';
    const ended: NonNullable<LinkRecord['ended']> =
      situation === 'left' || situation === 'away' || situation === 'vanished' ? situation : 'outOfScope';
    const tombstone = { ...linkOf(link, row.id, at), state: 'tombstone' as const, ended, endedAt: at };
    return { found: { ...found, fact, row: { ...row, active: false } }, link: tombstone, real: false };
  }
  const active = deed === 'createDisabled' ? false : deed === 'adopt' ? row.active !== false : true;
  const linked: Found = { ...found, fact: 'linked', reason: 'linked', row: { ...row, active } };
  return { found: linked, link: { ...linkOf(link, row.id, at), state: 'active' }, real: false };
}

function linkOf(link: LinkRecord | undefined, accountId: string, at: number): LinkRecord {
  if (link !== undefined) return { ...link, writtenAt: at };
  return {
    sync: '',
    target: '',
    personId: '',
    accountId,
    state: 'active',
    endedAt: null,
    absentReads: 0,
    absentSince: null,
    missingReads: 0,
    writtenAt: at,
    mapping: '',
    applied: '',
  };
}

import type { LinkRecord } from '../model/link.ts';
import type { CompiledSync, Pair } from '../spec/compiled.ts';
import type { PlanInput } from './input.ts';
import type { Facts } from './facts.ts';
import type { Row as Decision } from './situations.ts';

/** What a decision is asked with: the person, their link, and what is known of both. */
interface Asked {
  readonly personId: string;
  readonly link: LinkRecord | undefined;
  readonly facts: Facts;
}

/**
 * The decision as the other sync of the pair leaves it. Who is here is said by the one that leads; the one that follows
 * enables nobody and takes nobody away whom the other has ended. Nobody is created while the other may just have done so.
 */
export function inPair({ sync, memory }: PlanInput, asked: Asked, decision: Decision): Decision {
  const { pair } = sync;
  if (pair === undefined || decision.deed === 'nothing') return decision;
  const their = memory.partner?.links.get(asked.personId);
  const why =
    decision.deed === 'create' || decision.deed === 'createDisabled'
      ? creates(pair, memory.partner?.unsettled === true)
      : pair.role === 'follows'
        ? follows(pair, decision, asked, their)
        : leads(pair, decision, asked, their);
  return why === undefined
    ? decision
    : { ...decision, deed: 'nothing', attention: false, because: { text: why } };
}

function creates({ partner }: Pair, unsettled: boolean): string | undefined {
  if (!unsettled) return undefined;
  return `what became of a create by sync "${partner}" is not known yet: nobody is created until it is`;
}

function follows(
  { partner }: Pair,
  { deed }: Decision,
  { link, facts }: Asked,
  their: LinkRecord | undefined,
): string | undefined {
  const says = `sync "${partner}" says who is here`;
  if (deed === 'linkAndDisable') return `${says}: nobody is linked only to be disabled`;
  if (deed === 'disable' || deed === 'delete') {
    if (their?.state === 'tombstone') return `disabled by sync "${partner}", which is no news here`;
    return deed === 'disable' && link?.state === 'tombstone'
      ? `${says}: it is not disabled a second time`
      : undefined;
  }
  if (deed === 'reuse' && their?.state === 'tombstone')
    return `ended by sync "${partner}", which says who is here`;
  if (facts.usable || facts.account === 'none') return undefined;
  return `deactivated in the target: ${says}`;
}

/** Where the one that follows may end people, somebody deactivated here may be on the way out: that is its to find out. */
function leads(
  { partner, partnerEnds }: Pair,
  { deed }: Decision,
  { link, facts }: Asked,
  their: LinkRecord | undefined,
): string | undefined {
  if (!partnerEnds || facts.usable || facts.account !== 'linked' || deed !== 'alignAndEnable')
    return undefined;
  if (link?.state === 'tombstone' || their?.state === 'tombstone') return undefined;
  return `deactivated in the target: sync "${partner}" decides first whether the person has left`;
}

/**
 * False for a flow of a pair that updates nobody: what an account merely held is not what was applied there, and the other
 * sync would take it for that.
 */
export function remembersValues({ pair, mode }: Pick<CompiledSync, 'pair' | 'mode'>): boolean {
  return pair === undefined || mode === 'upsert' || mode === 'full';
}

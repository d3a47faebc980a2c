import { flowText } from '../../model/entity.ts';
import type { CompiledSync, MappedAttribute, Pair } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import type { CompileInput } from './input.ts';
import { refer } from './references.ts';

type SyncDocument = SpecDocument<'Sync'>;

/** Joins the two flows of each pair; what `twoWayWith` says wrong is reported where it stands. */
export function settlePairs(syncs: Map<string, CompiledSync>, input: CompileInput): void {
  const followers = new Map<string, SyncDocument>();
  for (const document of input.documents.Sync.values()) {
    const leader = leaderOf(document, input);
    if (leader === undefined || !mayFollow(document, leader, followers, input)) continue;
    followers.set(leader.name, document);
    const [follows, leads] = [syncs.get(document.name), syncs.get(leader.name)];
    if (follows === undefined || leads === undefined) continue;
    reportBothEnforced(follows, leads, input);
    syncs.set(follows.name, joined(follows, leads, 'follows'));
    syncs.set(leads.name, joined(leads, follows, 'leads'));
  }
}

function joined(sync: CompiledSync, partner: CompiledSync, role: Pair['role']): CompiledSync {
  const written = new Set(partner.mode === 'observe' ? [] : mappedBy(partner).map(({ name }) => name));
  const returning = mappedBy(sync).filter((attribute) => {
    const reads = readsOf(attribute);
    return reads.length > 0 && reads.every((name) => written.has(name));
  });
  const carried = new Set(carriedOn(partner).map(({ name }) => name));
  const writtenOnce = returning.filter((attribute) => !readsOf(attribute).some((name) => carried.has(name)));
  return {
    ...sync,
    direction: flowText(sync.from, '⇄', sync.to, sync.entity),
    pair: {
      partner: partner.name,
      role,
      partnerEnds: partner.mode === 'full' && saysWhoLeft(partner),
      returning: new Set(returning.map(({ name }) => name)),
      writtenOnce: new Set(writtenOnce.map(({ name }) => name)),
    },
  };
}

/** What is written again when it is edited at the source. */
function carriedOn(sync: CompiledSync): readonly MappedAttribute[] {
  if (!updates(sync)) return [];
  return mappedBy(sync).filter(
    ({ policy, spec }) => (policy === 'enforce' || policy === 'follow') && spec.write === 'always',
  );
}

function saysWhoLeft({ status, dates, then }: CompiledSync): boolean {
  const told = (status?.left.size ?? 0) > 0 || dates.lastDay !== undefined;
  return told && then.left.disable !== 'keep';
}

function leaderOf({ yaml, content, name }: SyncDocument, input: CompileInput): SyncDocument | undefined {
  const leader = content.spec.direction.twoWayWith;
  if (leader === undefined) return undefined;
  const path = ['spec', 'direction', 'twoWayWith'];
  if (leader !== name) return refer('Sync', leader, { yaml, path }, input.documents, input.findings);
  const message = `"${name}" can't be the other direction of itself`;
  input.findings.error('spec/direction', yaml.place(path), message, 'name the sync that leads');
  return undefined;
}

function mayFollow(
  { yaml, content }: SyncDocument,
  leader: SyncDocument,
  followers: ReadonlyMap<string, SyncDocument>,
  { findings }: CompileInput,
): boolean {
  const at = yaml.place(['spec', 'direction', 'twoWayWith']);
  const refuse = (message: string, hint: string): boolean => {
    findings.error('spec/direction', at, message, hint);
    return false;
  };
  const [here, there] = [content.spec.direction, leader.content.spec.direction];
  if (here.from !== there.to || here.to !== there.from) {
    const message = `"${leader.name}" flows ${there.from} → ${there.to}, which is not this sync the other way round`;
    return refuse(message, `it must flow ${here.to} → ${here.from}`);
  }
  if (content.spec.entity !== leader.content.spec.entity) {
    const message = `"${leader.name}" carries another entity (${leader.content.spec.entity})`;
    return refuse(message, 'both directions of a pair carry the same');
  }
  if (there.twoWayWith !== undefined) {
    const { file, line } = leader.yaml.place(['spec', 'direction', 'twoWayWith']);
    const message = `"${leader.name}" names "${there.twoWayWith}" as its other direction itself, in ${file}:${line}`;
    return refuse(message, 'say twoWayWith in one of the two: in the one that gives way');
  }
  const other = followers.get(leader.name);
  if (other !== undefined) {
    const { file, line } = other.yaml.place(['spec', 'direction', 'twoWayWith']);
    return refuse(
      `"${leader.name}" has its other direction already, in ${file}:${line}`,
      'a pair is two syncs',
    );
  }
  return true;
}

/** Two that enforce what each reads of the other would undo each other for ever, and no pass would find nothing to do. */
function reportBothEnforced(follows: CompiledSync, leads: CompiledSync, { findings }: CompileInput): void {
  if (!updates(follows) || !updates(leads)) return;
  const theirs = new Map(enforcedBy(leads).map((attribute) => [attribute.name, attribute]));
  for (const ours of enforcedBy(follows)) {
    const back = readsOf(ours).flatMap((name) => theirs.get(name) ?? []);
    const both = back.find((attribute) => readsOf(attribute).includes(ours.name));
    if (both === undefined) continue;
    const message = `"${ours.name}" of ${follows.to} and "${both.name}" of ${leads.to} are each enforced from the other, here and in ${both.place.file}:${both.place.line}: each would undo the other`;
    const hint = 'give one of the two policy: follow, or leave it out of one direction';
    findings.error('spec/two-way', ours.place, message, hint);
  }
}

/** `observe` plans as `full` does, and is to show what that would come to. */
function updates({ mode }: CompiledSync): boolean {
  return mode !== 'create-only';
}

function enforcedBy(sync: CompiledSync): readonly MappedAttribute[] {
  return mappedBy(sync).filter(({ policy }) => policy === 'enforce');
}

function mappedBy({ identity, attributes }: CompiledSync): readonly MappedAttribute[] {
  return [...identity, ...attributes];
}

function readsOf({ result }: MappedAttribute): readonly string[] {
  return 'expression' in result ? result.expression.reads : [];
}

import type { Change } from '../model/change.ts';
import { addTo } from './prepared.ts';

/**
 * The phases of apply, in order: each begins when the one before has ended. Values are freed before they are taken,
 * accounts exist before they are referred to, and what takes away comes last. Within a phase `needs` decides.
 */
export const applyPhases: readonly { readonly name: string; readonly holds: (change: Change) => boolean }[] =
  [
    {
      name: 'leavers',
      holds: ({ kind, situation, last }) => kind === 'disable' && situation === 'left' && last !== true,
    },
    {
      name: 'freeing values',
      holds: (change) => !takesAway(change) && !isFollower(change) && frees(change),
    },
    { name: 'creates and adoptions', holds: ({ kind }) => kind === 'create' || kind === 'adopt' },
    { name: 'updates', holds: (change) => !takesAway(change) && !isFollower(change) },
    { name: 'references', holds: isReference },
    { name: 'pictures', holds: isPicture },
    { name: 'removals', holds: takesAway },
  ];

/** 0 for what is applied first. */
export function phaseOf(change: Change): number {
  return applyPhases.findIndex(({ holds }) => holds(change));
}

function takesAway({ kind }: Change): boolean {
  return kind === 'disable' || kind === 'delete';
}

function frees({ attributes }: Change): boolean {
  return attributes.some((attribute) => attribute.renames || attribute.frees === true);
}

/** The second change of a person, which sets what refers to other people's accounts. */
export function isReference({ id, personId }: Change): boolean {
  return id === `update/${personId}/references`;
}

/** A change of its own, so that a picture that cannot be had keeps nobody from the rest. */
export function isPicture({ id, personId }: Pick<Change, 'id' | 'personId'>): boolean {
  return id === `update/${personId}/pictures`;
}

/** What follows another change of the same person. */
export function isFollower(change: Change): boolean {
  return isReference(change) || isPicture(change);
}

/** The order of a plan: by phase, then by person. Independent of the order in which the systems list people. */
export function compareChanges(a: Change, b: Change): number {
  return phaseOf(a) - phaseOf(b) || compareText(a.personId, b.personId) || compareText(a.id, b.id);
}

/** By code units: the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorted, and what a change needs stands before it. `needs` must be free of circles. */
export function inOrder(changes: readonly Change[]): readonly Change[] {
  const sorted = changes
    .map((change) => ({ change, phase: phaseOf(change) }))
    .toSorted(
      (a, b) =>
        a.phase - b.phase ||
        compareText(a.change.personId, b.change.personId) ||
        compareText(a.change.id, b.change.id),
    )
    .map(({ change }) => change);
  if (sorted.every(({ needs }) => needs.length === 0)) return sorted;
  const byId = new Map(sorted.map((change) => [change.id, change]));
  const placed = new Set<string>();
  const result: Change[] = [];
  for (const change of sorted) place(change);
  return result;

  /** Without recursion: a chain of values passed on may be as long as the plan. */
  function place(first: Change): void {
    const waiting = [first];
    for (let change = waiting.at(-1); change !== undefined; change = waiting.at(-1)) {
      const open = change.needs.find((id) => byId.has(id) && !placed.has(id));
      const next = open === undefined ? undefined : byId.get(open);
      if (next !== undefined) waiting.push(next);
      else {
        waiting.pop();
        if (!placed.has(change.id)) result.push(change);
        placed.add(change.id);
      }
    }
  }
}

/**
 * The changes in steps, each to be begun when the one before has ended: the phases, cut further where a change needs
 * another of its own phase (an address passed on from one person to the next). What is in one step may go out at once.
 */
export function applySteps(changes: readonly Change[]): readonly (readonly Change[])[] {
  const steps = new Map<string, Change[]>();
  const depths = new Map<string, { readonly phase: number; readonly depth: number }>();
  for (const change of inOrder(changes)) {
    const phase = phaseOf(change);
    let depth = 0;
    for (const id of change.needs) {
      const need = depths.get(id);
      if (need?.phase === phase) depth = Math.max(depth, need.depth + 1);
    }
    depths.set(change.id, { phase, depth });
    addTo(steps, `${phase} ${depth}`, change);
  }
  return [...steps.entries()]
    .map(([key, step]) => ({ key: key.split(' ').map(Number), step }))
    .toSorted((a, b) => (a.key[0] ?? 0) - (b.key[0] ?? 0) || (a.key[1] ?? 0) - (b.key[1] ?? 0))
    .map(({ step }) => step);
}

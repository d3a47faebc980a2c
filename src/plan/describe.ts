import type { Change } from '../model/change.ts';

/**
 * One line for people, without a person's values: `disable 4711 (left: last day was 2026-11-20)`. The attributes are
 * those that the change holds now, which may be fewer than were found to differ.
 */
export function describeChange(change: Change): string {
  const { kind, personId, reason, links } = change;
  const names = change.attributes.map(({ name }) => name).join(', ');
  const differs = reason.includes('differs: ');
  const why = differs ? reason.replace(/(?:; )?differs: [^;]*/, '') : reason;
  const what = names === '' || !differs ? names : `differs: ${names}`;
  const said = [why, what].filter((part) => part !== '').join('; ');
  const how = `${links && kind !== 'adopt' ? ' and link' : ''}${change.active === false ? ' disabled' : ''}`;
  return `${kind} ${personId}${how} (${said})`;
}

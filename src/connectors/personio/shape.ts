import type { AttributeSpec } from '../../model/attribute.ts';
import type { Shape } from '../../model/reading.ts';

/** What planning must know of Personio, of which nothing is written. `saved` are the attributes kept in the specs repository. */
export function shapeOf(
  standard: readonly AttributeSpec[],
  saved: readonly AttributeSpec[] | undefined,
): Shape {
  const custom = (saved ?? []).filter((field) => field.name.startsWith('custom.'));
  return {
    system: 'Personio',
    abilities: { create: false, update: false, enable: false, disable: false, delete: false },
    attributes: [...standard, ...custom],
    canonical: () => undefined,
    delivers: false,
  };
}

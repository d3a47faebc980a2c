import type { Shape } from '../../model/reading.ts';
import { canonicalForm } from './canonical.ts';
import type { Field } from './fields.ts';

const everything: Shape['abilities'] = {
  create: true,
  createDisabled: true,
  update: true,
  enable: true,
  disable: true,
  delete: true,
};

/** Pure facts of a connection, known without asking the server. */
export function shapeOf(
  system: string,
  fields: ReadonlyMap<string, Field>,
  abilities: Shape['abilities'] = everything,
): Shape {
  return {
    system,
    abilities,
    attributes: [...fields.values()].map((field) => field.spec),
    canonical: (attribute) => canonicalForm(attribute, fields.get(attribute)?.spec.type),
    delivers: false,
  };
}

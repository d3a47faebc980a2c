import type { Disabling, Shape } from '../../model/reading.ts';
import { canonicalForm } from './canonical.ts';
import type { Field } from './fields.ts';
import type { ScimConfig } from './schema.ts';

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

/** A server of the standard keeps whoever is inactive (RFC 7643 §4.1.1 leaves it open); of one that does not, the config says so. */
export function disablingOf({ profile }: ScimConfig): Disabling | undefined {
  if (profile.deactivationDeletes === undefined) return undefined;
  if (profile.deactivationDeletes === 'accepted') return 'deletes';
  return {
    refused:
      'the service deletes whoever is deactivated, for good; accept that with profile.deactivationDeletes: accepted in the config of the connection',
  };
}

/** The same shape where disabling is not what the word says. */
export function withDisabling(shape: Shape, disabling: Disabling | undefined): Shape {
  if (disabling === undefined) return shape;
  // Who is made inactive ahead of a start would not be there to be enabled.
  const { createDisabled: _gone, ...abilities } = shape.abilities;
  return { ...shape, abilities: { ...abilities, disable: disabling === 'deletes' }, disabling };
}

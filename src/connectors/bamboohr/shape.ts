import type { AttributeSpec } from '../../model/attribute.ts';
import type { Entity } from '../../model/entity.ts';
import type { Shape } from '../../model/reading.ts';
import { trimmed, trimmedLower } from '../text-forms.ts';
import { attributesOf } from './schema.ts';

/** What planning must know. Terminating needs rows of a history whose columns each company names itself: it is not offered. */
export function shapeOf(entity: Entity, saved: readonly AttributeSpec[] | undefined): Shape {
  const others = (saved ?? []).filter(({ name }) => /^(custom|fields)\./.test(name));
  return {
    system: 'BambooHR',
    abilities: {
      create: true,
      update: true,
      enable: false,
      disable: false,
      delete: entity !== 'person',
    },
    attributes: [...attributesOf(entity), ...(entity === 'person' ? others : [])],
    canonical: (attribute) =>
      attribute === 'email' || attribute === 'personal_email' ? trimmedLower : trimmed,
    delivers: false,
  };
}

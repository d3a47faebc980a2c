import type { Shape } from '../../model/reading.ts';
import type { Value } from '../../model/value.ts';
import { onText } from '../text-forms.ts';
import type { Field } from './rows.ts';
import type { RestConfig } from './schema.ts';

/** What planning must know: what can be done is what the config has a request for. */
export function shapeOf(config: RestConfig, fields: ReadonlyMap<string, Field>): Shape {
  const { write } = config;
  return {
    system: new URL(config.baseUrl).host,
    abilities: {
      create: write?.create !== undefined,
      ...(write?.create?.disabled === undefined ? {} : { createDisabled: true }),
      update: write?.update !== undefined,
      enable: write?.enable !== undefined,
      disable: write?.disable !== undefined,
      delete: write?.delete !== undefined,
    },
    attributes: [...fields.values()].map((field) => field.spec),
    canonical: (attribute) => comparing(fields.get(attribute)),
    delivers: false,
  };
}

/** What the system does to texts that it keeps, as it was declared; moments in one spelling. */
function comparing(field: Field | undefined): ((value: Value) => Value) | undefined {
  if (field === undefined) return undefined;
  if (field.spec.type === 'instant') return onText(sameMoment);
  const { compare } = field.config;
  if (compare.length === 0) return undefined;
  return onText((text) => {
    const trimmed = compare.includes('trim') ? text.trim() : text;
    return compare.includes('lower') ? trimmed.toLowerCase() : trimmed;
  });
}

function sameMoment(text: string): string {
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? text : new Date(moment).toISOString();
}

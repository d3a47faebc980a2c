import type { AttributeSpec } from '../../../model/attribute.ts';
import type { Row } from '../../../model/row.ts';
import type { Value } from '../../../model/value.ts';
import { unreadable } from '../../unreadable.ts';
import type { XmlElement } from '../../xml.ts';
import { declaredIn, type Declared, type SoapConfig } from '../schema.ts';
import { valueOf, wrong } from '../values.ts';
import { isPath, leadsSomewhere, parsePath, textsAt, type Path } from './path.ts';

/** Where a value stands in a worker, and the text of it, which says what must be asked for. */
export interface Field {
  readonly texts: readonly string[];
  valuesIn(worker: XmlElement): readonly string[];
}

export type Fields = ReadonlyMap<string, Declared<Field>>;

/** The attributes of Get_Workers: standard ones, those of the config, and saved ones, whose key is their path. */
export function fieldsOf({ paths }: SoapConfig, saved: readonly AttributeSpec[] = []): Fields {
  const said = Object.fromEntries(
    Object.entries(paths).map(([name, one]) => {
      const { path, ...facts } = typeof one === 'string' ? { path: one } : one;
      return [name, { at: fieldAt(path), key: path, ...facts }];
    }),
  );
  const known = declaredIn<Field>(said, ({ path }) =>
    typeof path === 'string'
      ? { at: fieldAt(path), key: path }
      : { at: fieldOfWords(path), key: Object.values(path).join(' | ') },
  );
  const others = saved.filter(
    ({ name, key = '' }) => name.startsWith('custom.') && !known.has(name) && isPath(key),
  );
  return new Map([
    ...known,
    ...others.map((spec) => [spec.name, { spec, at: fieldAt(spec.key ?? '') }] as const),
  ]);
}

/** Makes rows of workers. What is not there has no value, or may not be seen: Workday does not tell these apart. */
export function rowMaker(fields: readonly Declared<Field>[], id: Field): (worker: XmlElement) => Row {
  return (worker) => {
    const faults: string[] = [];
    const values = fields.map(({ spec, at }) => {
      const value = converted(at.valuesIn(worker), spec);
      if (value !== wrong) return value;
      faults.push(unreadable(spec));
      return undefined;
    });
    const row = { id: id.valuesIn(worker)[0] ?? '', values };
    return faults.length === 0 ? row : { ...row, fault: faults.join('; ') };
  };
}

/** Of several, the first in the order of the document, as whoever reads by XPath gets it; a list has them all. */
function converted(texts: readonly string[], { type }: AttributeSpec): Value | undefined | typeof wrong {
  return type.startsWith('list<') ? valueOf([...texts], type) : valueOf(texts[0], type);
}

function fieldAt(text: string): Field {
  const path = parsePath(text);
  return { texts: [text], valuesIn: (worker) => textsAt(worker, path) };
}

function fieldOfWords(words: Readonly<Record<string, string>>): Field {
  const choices = Object.entries(words).map(([word, text]): readonly [string, Path] => [
    word,
    parsePath(text),
  ]);
  return {
    texts: Object.values(words),
    valuesIn: (worker) => {
      const found = choices.find(([, path]) => leadsSomewhere(worker, path));
      return found === undefined ? [] : [found[0]];
    },
  };
}

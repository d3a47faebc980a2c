import type { AttributeSpec } from '../model/attribute.ts';
import { attributesMeant } from '../model/meant-attributes.ts';
import { nearest } from '../model/nearest.ts';

/** The attributes of `source`, by the names that expressions spell with dots and brackets. */
export class Attributes {
  readonly all: readonly AttributeSpec[];
  readonly #ids = new Map<string, number>();
  /** Names with which others begin: `office` where there is `office.name`. */
  readonly #groups = new Set<string>();

  constructor(all: readonly AttributeSpec[]) {
    this.all = all;
    all.forEach(({ name }, id) => {
      this.#ids.set(name, id);
      for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        this.#groups.add(name.slice(0, dot));
      }
    });
  }

  /** Position in `all`, or undefined for a name that is no attribute. */
  idOf(name: string): number | undefined {
    return this.#ids.get(name);
  }

  isGroup(name: string): boolean {
    return this.#groups.has(name);
  }

  /** How an expression spells the attribute most like `name`, or undefined where none is. */
  nearestTo(name: string): string | undefined {
    const whole = nearest(name, this.#ids.keys());
    if (whole !== undefined) return spelling(whole);
    // `source.hire_date` where the attribute is `custom.hire_date`: the last word tells.
    const last = name.slice(name.lastIndexOf('.') + 1);
    const [meant] = attributesMeant(last, this.all);
    return meant === undefined ? undefined : spelling(meant.name);
  }

  /** Up to five attributes of a group, as expressions spell them. */
  within(group: string): readonly string[] {
    const names = [...this.#ids.keys()].filter((name) => name.startsWith(`${group}.`));
    return names.slice(0, 5).map(spelling);
  }
}

/** `custom.Hire date` as an expression spells it: `source.custom["Hire date"]`. */
export function spelling(name: string): string {
  const words = name.split('.');
  // A vendor's name may hold a dot in a sentence ("No. of kids"): then all from there is one index.
  const odd = words.findIndex((word, index) => !isPlain(word) || words[index + 1]?.startsWith(' ') === true);
  if (odd < 0) return `source.${name}`;
  const plain = words.slice(0, odd).map((word) => `.${word}`);
  return `source${plain.join('')}[${JSON.stringify(words.slice(odd).join('.'))}]`;
}

/** Words of CEL that cannot stand behind a dot are not plain. */
function isPlain(word: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(word) && !['in', 'true', 'false', 'null'].includes(word);
}

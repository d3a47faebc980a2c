import type { AttributeSpec } from '../../../model/attribute.ts';
import { classOfLabel } from '../../class-of-label.ts';
import { attributeOf, childNames, childrenOf, textIn, type XmlElement } from '../../xml.ts';
import { typeOfTexts } from '../values.ts';

interface Found {
  /** Names from below Worker down, a reference's id by its type. */
  readonly names: readonly string[];
  readonly texts: string[];
}

/**
 * What these workers have besides the paths that are known: each text that stands at one place alone, as `custom.` and the
 * shortest of its last names that tells it apart. Where several of a kind stand side by side (addresses, further jobs) only a
 * person can say which is meant, in `config.paths`.
 */
export function discover(workers: readonly XmlElement[], known: readonly string[]): readonly AttributeSpec[] {
  const found = new Map<string, Found>();
  const several = new Set<string>();
  for (const worker of workers) collect(worker, '', [], found, several);
  const used = new Set(known.flatMap((text) => text.split('|')).map((text) => plain(text)));
  const single = [...found].filter(
    ([path]) => !used.has(plain(path)) && ![...several].some((one) => `${path}/`.startsWith(`${one}/`)),
  );
  return single.map(([path, { names, texts }]) => {
    const others = single.filter(([other]) => other !== path).map(([, one]) => one.names);
    return {
      name: `custom.${shortest(names, others).join('.')}`,
      type: typeOfTexts(texts),
      class: classOfLabel(names.join(' ')),
      label: (names.at(-1) ?? '').replaceAll('_', ' '),
      key: path,
      optional: true,
    };
  });
}

function collect(
  element: XmlElement,
  path: string,
  names: readonly string[],
  found: Map<string, Found>,
  several: Set<string>,
): void {
  for (const name of childNames(element)) {
    const children = childrenOf(element, name);
    const isReference = name === 'ID' && path.endsWith('_Reference');
    if (!isReference && children.length > 1 && name !== job) several.add(below(path, name));
    for (const child of children) {
      const type = isReference ? attributeOf(child, 'type') : undefined;
      const at = below(path, step(name, child, type));
      // A WID means something to Workday alone; a second job has the elements of the first.
      if (type === 'WID' || (name === job && at === below(path, name))) continue;
      const here = [...names, type ?? name];
      if (childNames(child).length > 0) collect(child, at, here, found, several);
      else if (textIn(child) !== '') {
        const one = found.get(at) ?? { names: here, texts: [] };
        one.texts.push(textIn(child));
        found.set(at, one);
      }
    }
  }
}

const job = 'Worker_Job_Data';

function step(name: string, element: XmlElement, type: string | undefined): string {
  if (type !== undefined) return `ID[@type='${type}']`;
  const isPrimary = name === job && ['1', 'true'].includes(attributeOf(element, 'Primary_Job') ?? '');
  return isPrimary ? `${job}[@Primary_Job='1']` : name;
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

/** Without what may be written in more than one way. */
function plain(path: string): string {
  return path.replaceAll(/['"\s]|\bwd:|\/text\(\)$/g, '').replace(/^Worker\//, '');
}

function shortest(names: readonly string[], others: readonly (readonly string[])[]): readonly string[] {
  for (let count = 1; count < names.length; count += 1) {
    const last = names.slice(-count);
    if (!others.some((other) => other.slice(-count).join('/') === last.join('/'))) return last;
  }
  return names;
}

import type { Documents, SpecDocument } from '../documents.ts';
import type { Kind } from '../documents/kinds.ts';
import type { Findings } from '../findings.ts';
import { suggest } from '../suggestion.ts';
import type { Path, YamlDocument } from '../yaml/yaml-document.ts';

/**
 * The document that a name refers to. A name that leads nowhere is reported where it is written, unless the document
 * may be there and is broken itself: that is reported already.
 */
export function refer<K extends Kind>(
  kind: K,
  name: string,
  from: { readonly yaml: YamlDocument; readonly path: Path },
  documents: Documents,
  findings: Findings,
): SpecDocument<K> | undefined {
  const known = documents[kind] as ReadonlyMap<string, SpecDocument<K>>;
  const found = known.get(name);
  if (found === undefined && !documents.mayBeBroken(kind, name)) {
    const message = `there is no ${kind} "${name}"`;
    findings.error(
      'spec/unknown-reference',
      from.yaml.place(from.path),
      message,
      suggest(name, known.keys()),
    );
  }
  return found;
}

import { Stalled } from '../../model/error.ts';
import { kinds } from '../../spec/documents/kinds.ts';
import { schemaOf, schemaOfAny } from '../../spec/json-schema.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';

/** Prints the JSON Schema of one kind of document, or of any. */
export function run({ kind }: { readonly kind: string | undefined }, { out }: CliContext): Promise<ExitCode> {
  if (kind === undefined) {
    out.print(JSON.stringify(schemaOfAny(), null, 2));
    return Promise.resolve(Exit.settled);
  }
  const known = kinds.find((one) => one.toLowerCase() === kind.toLowerCase());
  if (known === undefined) {
    throw new Stalled('NoSuchKind', `there is no kind "${kind}"; the kinds are ${kinds.join(', ')}`);
  }
  out.print(JSON.stringify(schemaOf(known), null, 2));
  return Promise.resolve(Exit.settled);
}

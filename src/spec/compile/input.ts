import type { Environment, ExpressionCompiler, LookupTable } from '../../expression/expression.ts';
import type { Json } from '../../model/value.ts';
import type { Catalog, ConfigFault } from '../catalog.ts';
import type { RawConfig, Revision } from '../compiled.ts';
import type { Documents } from '../documents.ts';
import type { Findings } from '../findings.ts';
import type { SpecFile } from '../folder.ts';

/** Puts values of the environment where a config says `{ env: NAME }`, as far as the operator allows. */
export type ResolveConfig = (
  config: RawConfig,
) => { readonly config: Json } | { readonly faults: readonly ConfigFault[] };

/** What compiling needs besides the documents. */
export interface CompileInput {
  /** Absolute path of the specs folder. */
  readonly folder: string;
  readonly documents: Documents;
  readonly revision: Revision;
  readonly lookups: ReadonlyMap<string, LookupTable>;
  /** Texts of welcome mails by sync, as their files hold them. */
  readonly templates: ReadonlyMap<string, SpecFile>;
  readonly catalog: Catalog;
  readonly createCompiler: (environment: Environment) => ExpressionCompiler;
  /** A sentence on what is wrong with a cron text or its zone, or undefined. */
  readonly checkCron: (cron: string, timezone: string) => string | undefined;
  /** Left out: configs are taken as written. */
  readonly resolveConfig: ResolveConfig | undefined;
  readonly findings: Findings;
}

import { notOutermost } from '../../expression/candidates.ts';
import type { Expression, ExpressionCompiler } from '../../expression/expression.ts';
import type { ValueType } from '../../model/value.ts';
import type { Findings } from '../findings.ts';
import type { Path, YamlDocument } from '../yaml/yaml-document.ts';

/** Where an expression is written. */
export interface ExpressionPlace {
  readonly yaml: YamlDocument;
  readonly path: Path;
  /** True where `unique([…])` may stand. */
  readonly takesCandidates?: boolean;
}

/** Compiles one expression; its faults are reported at the very character of the YAML that has them. */
export function compileExpression(
  text: string,
  expected: ValueType | 'any',
  { yaml, path, takesCandidates = false }: ExpressionPlace,
  compiler: ExpressionCompiler,
  findings: Findings,
): Expression | undefined {
  const result = compiler.compile(text, expected);
  if (!Array.isArray(result)) {
    const expression = result as Expression;
    if (expression.candidates === undefined || takesCandidates) return expression;
    findings.error('expression/unique', yaml.placeWithin(path, 0), notOutermost);
    return undefined;
  }
  for (const fault of result) {
    findings.error(fault.code, yaml.placeWithin(path, fault.start), fault.message, fault.suggestion);
  }
  return undefined;
}

import type { Expression, ExpressionCompiler } from '../../expression/expression.ts';
import type { ValueType } from '../../model/value.ts';
import type { Findings } from '../findings.ts';
import type { Path, YamlDocument } from '../yaml/yaml-document.ts';

/** Where an expression is written. */
export interface ExpressionPlace {
  readonly yaml: YamlDocument;
  readonly path: Path;
}

/** Compiles one expression; its faults are reported at the very character of the YAML that has them. */
export function compileExpression(
  text: string,
  expected: ValueType | 'any',
  { yaml, path }: ExpressionPlace,
  compiler: ExpressionCompiler,
  findings: Findings,
): Expression | undefined {
  const result = compiler.compile(text, expected);
  if (!Array.isArray(result)) return result as Expression;
  for (const fault of result) {
    findings.error(fault.code, yaml.placeWithin(path, fault.start), fault.message, fault.suggestion);
  }
  return undefined;
}

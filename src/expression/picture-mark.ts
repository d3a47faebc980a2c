import type { ASTNode } from '@marcbachmann/cel-js';
import type { ExpressionFault } from './expression.ts';
import type { Resolution } from './resolution.ts';
import { sourcePathOf } from './source-path.ts';

/** A picture within CEL, where nothing can be done with it but to pass it on. */
export class PictureMark {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What is wrong where an expression does more with a picture than to pass it on, or undefined. */
export function pictureFault(
  root: ASTNode,
  { reads, shared, text }: Resolution,
): ExpressionFault | undefined {
  const picture = [...reads]
    .map((id) => shared.attributes.all[id])
    .find((attribute) => attribute?.type === 'picture');
  if (picture === undefined) return undefined;
  if (sourcePathOf(root)?.optional === false) return undefined;
  const message = `"${picture.name}" is a picture: it can be passed on as it is, and nothing else`;
  return { code: 'expression/type', message, start: 0, end: text.length };
}

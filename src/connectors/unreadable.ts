import type { AttributeSpec } from '../model/attribute.ts';

/** What is wrong with a value that is none of its attribute's type: attribute and class, and never the value. */
export function unreadable({ name, class: of, type }: AttributeSpec, form: string = type): string {
  return `${name} (${of}) is no ${form}`;
}

import { z } from 'zod';
import type { Json } from '../../model/value.ts';
import type { Findings } from '../findings.ts';
import { suggest } from '../suggestion.ts';
import { knownKeys } from './known-keys.ts';
import type { Path, YamlDocument } from './yaml-document.ts';

type Issue = z.core.$ZodIssue;

/**
 * The document's value in the schema's type, or undefined with every fault reported at the key or value that has it
 * (what is missing, at the map that lacks it).
 */
export function checkDocument<T>(
  schema: z.ZodType<T>,
  document: YamlDocument,
  findings: Findings,
): T | undefined {
  const result = schema.safeParse(document.value);
  if (result.success) return result.data;
  for (const issue of flatten(result.error.issues, [])) report(issue, schema, document, findings);
  return undefined;
}

interface PlacedIssue {
  readonly issue: Issue;
  readonly path: Path;
}

/** Of a union only the branch that the author meant: the one whose form fits and that has the fewest faults. */
function flatten(issues: readonly Issue[], prefix: Path): readonly PlacedIssue[] {
  return issues.flatMap((issue): readonly PlacedIssue[] => {
    const path = [...prefix, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    if (issue.code !== 'invalid_union') return [{ issue, path }];
    const fitting = issue.errors
      .filter((branch) => !branch.some((one) => one.path.length === 0 && one.code === 'invalid_type'))
      .toSorted((a, b) => Number(isOtherForm(a)) - Number(isOtherForm(b)) || a.length - b.length);
    const meant = fitting[0];
    return meant === undefined ? [{ issue, path }] : flatten(meant, path);
  });
}

/** A word of a list was expected, and something of another form is there; a branch that looks into it says more. */
function isOtherForm(branch: readonly Issue[]): boolean {
  return branch.some(({ code, path }) => code === 'invalid_value' && path.length === 0);
}

function report(
  { issue, path }: PlacedIssue,
  schema: z.ZodType,
  document: YamlDocument,
  findings: Findings,
): void {
  const value = document.at(path);
  const subject = nameOf(path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    for (const key of issue.keys) {
      // Of a choice: a key of another option, beside those of the one that was meant.
      const isElsewhere = [...known].includes(key);
      const suggestion = isElsewhere ? undefined : suggest(key, known);
      const message = isElsewhere
        ? `"${key}" cannot stand beside the other keys of ${subject}; keep one of them`
        : `"${key}" is not a key ${path.length === 0 ? 'of a document' : `of ${subject}`}`;
      findings.error('spec/unknown-key', document.keyPlace([...path, key]), message, suggestion);
    }
  } else if (issue.code === 'invalid_type' && issue.expected === 'never') {
    findings.error('spec/not-yet', document.keyPlace(path), `${subject} ${issue.message}`);
  } else if (value === undefined) {
    const parent = path.slice(0, -1);
    const message = `${parent.length === 0 ? 'the document' : nameOf(parent)} needs ${subject}`;
    findings.error('spec/missing-key', document.place(parent), message);
  } else {
    const { code, message, suggestion } = describe(issue, value);
    findings.error(code, document.place(path), `${subject} ${message}`, suggestion);
  }
}

/** `"mode"`, or `item 2 of "who"`. */
function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the document';
  return typeof last === 'number' ? `item ${last + 1} of ${nameOf(path.slice(0, -1))}` : `"${last}"`;
}

interface Description {
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
}

function describe(issue: Issue, value: Json): Description {
  const { code, message } = issue;
  // Words of the schema's own say more than the type alone: `14` where 14d is meant.
  if (code === 'invalid_type' && !message.startsWith('Invalid input')) return { code: 'spec/type', message };
  if (code === 'invalid_type') return wrongType([issue.expected], value);
  if (code === 'invalid_union')
    return wrongType(
      issue.errors.flat().flatMap((one) => expectedOf(one)),
      value,
    );
  if (code === 'invalid_value') return wrongWord(issue.values.map(String), value);
  if (code === 'too_small' || code === 'too_big') return { code: 'spec/value', message: outOfRange(issue) };
  const own: unknown = code === 'custom' ? issue.params?.['code'] : undefined;
  return { code: typeof own === 'string' ? own : 'spec/value', message };
}

function wrongWord(allowed: readonly string[], value: Json): Description {
  const message = allowed.length === 1 ? `must be ${allowed[0]}` : `must be one of ${allowed.join(', ')}`;
  const near = typeof value === 'string' ? suggest(value, allowed) : undefined;
  return { code: 'spec/value', message, suggestion: near?.startsWith('did') === true ? near : undefined };
}

function expectedOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_type' && issue.path.length === 0) return [issue.expected];
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap((one) => expectedOf(one)) : [];
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  null: 'nothing',
};

function wrongType(expected: readonly string[], value: Json): Description {
  const words = [...new Set(expected.map((type) => typeWords[type] ?? type))];
  const found = value === null ? 'nothing' : Array.isArray(value) ? 'a list' : foundWord(value);
  const message = `must be ${words.join(' or ')}, not ${found}`;
  const suggestion = words.includes('text') && isBare(value) ? `write "${value}" in quotes` : undefined;
  return { code: 'spec/type', message, suggestion };
}

function foundWord(value: Json): string {
  return typeWords[typeof value] ?? typeof value;
}

function isBare(value: Json): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function outOfRange(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const isSmall = issue.code === 'too_small';
  const bound = isSmall ? issue.minimum : issue.maximum;
  if (issue.origin === 'string') {
    return isSmall && bound === 1 ? 'must not be empty' : `must have ${String(bound)} character`;
  }
  const side = isSmall ? 'at least' : 'at most';
  return issue.origin === 'array' ? `must have ${side} ${bound} item` : `must be ${side} ${bound}`;
}

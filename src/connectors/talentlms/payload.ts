import type { Order, Result } from '../../model/order.ts';
import type { Value } from '../../model/value.ts';
import { customText, type CustomField } from './fields.ts';
import { textOf, type JsonObject } from './json.ts';
import { sentLocale } from './locale.ts';
import { coreAttributes, type Config } from './schema.ts';

/** An order in the vendor's words. */
export interface Payload {
  /** For POST and PATCH, which take no custom fields. */
  readonly core: JsonObject;
  /** For batch/users, by `custom_field_N`. */
  readonly custom: Readonly<Record<string, string>>;
  /** What goes out, under our names, without secrets. */
  readonly sent: Readonly<Record<string, Value>>;
}

/** The order as TalentLMS takes it, or why it cannot be sent at all. */
export function payloadOf(
  order: Order,
  fields: ReadonlyMap<string, CustomField>,
  format: Config['dateFormat'],
): Payload | NonNullable<Result['error']> {
  const core: Record<string, JsonObject[string]> = {};
  const custom: Record<string, string> = {};
  const sent: Record<string, Value> = {};
  for (const [attribute, value] of Object.entries(order.set)) {
    const field = fields.get(attribute);
    if (field !== undefined) {
      custom[field.key] = customText(field, value, format);
      sent[attribute] = value;
      continue;
    }
    const spec = coreAttributes.find((one) => one.name === attribute && one.write !== undefined);
    if (spec === undefined)
      return wrong('ReadOnlyAttribute', `TalentLMS has no "${attribute}" that can be written`);
    if (isNothing(value) && attribute !== 'deactivation_date') {
      return wrong('CannotClear', `TalentLMS keeps a value in "${attribute}" always; map it with a value`);
    }
    const text = coreValue(attribute, value);
    core[spec.key ?? spec.name] = text;
    if (spec.writeOnly !== true) sent[attribute] = text;
  }
  if (order.kind === 'create' && order.accountId === null) {
    const lacking = coreAttributes.find((one) => one.required === true && order.set[one.name] === undefined);
    if (lacking !== undefined) {
      return wrong('MissingAttribute', `TalentLMS creates nobody without "${lacking.name}"; map it`);
    }
  }
  return { core, custom, sent };
}

/** The answer to a create may be the whole user or its id only. */
export function receivedFrom(user: JsonObject): Readonly<Record<string, Value>> | undefined {
  const received: Record<string, Value> = {};
  for (const { name, key, write, writeOnly } of coreAttributes) {
    const value = textOf(user[key ?? name]);
    if (write !== undefined && writeOnly !== true && typeof value === 'string') received[name] = value;
  }
  return Object.keys(received).length === 0 ? undefined : received;
}

function coreValue(attribute: string, value: Value): string | null {
  if (isNothing(value)) return null;
  const text = String(value);
  if (attribute === 'language') return sentLocale(text);
  return attribute === 'deactivation_date' ? text.slice(0, 10) : text;
}

function isNothing(value: Value): boolean {
  return value === null || value === '';
}

function wrong(reason: string, message: string): NonNullable<Result['error']> {
  return { reason, message, fate: 'person' };
}

import type { Order, Result } from '../../model/order.ts';
import type { Value } from '../../model/value.ts';
import { textOf, type JsonObject } from '../json.ts';
import { customText, type CustomField } from './fields.ts';
import { comparableLanguage, sentLocale } from './locale.ts';
import { attributesOf, type Config } from './schema.ts';

/** An order in the vendor's words. */
export interface Payload {
  /** In API v2 for POST and PATCH, which take no custom fields. */
  readonly core: JsonObject;
  /** By `custom_field_N`; in API v2 for batch/users. */
  readonly custom: Readonly<Record<string, string>>;
  /** What goes out, under our names, without secrets. */
  readonly sent: Readonly<Record<string, Value>>;
}

/** The order as TalentLMS takes it, or why it cannot be sent at all. */
export function payloadOf(
  order: Order,
  fields: ReadonlyMap<string, CustomField>,
  format: Config['dateFormat'],
  api: Config['api'] = 'v2',
): Payload | NonNullable<Result['error']> {
  const attributes = attributesOf(api);
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
    const spec = attributes.find((one) => one.name === attribute && one.write !== undefined);
    if (spec === undefined)
      return wrong('ReadOnlyAttribute', `TalentLMS has no "${attribute}" that can be written`);
    if (spec.write === 'create' && order.kind !== 'create')
      return wrong('ReadOnlyAttribute', `API ${api} of TalentLMS changes no "${attribute}" after the create`);
    if (isNothing(value) && attribute !== 'deactivation_date') {
      return wrong('CannotClear', `TalentLMS keeps a value in "${attribute}" always; map it with a value`);
    }
    const text = coreValue(attribute, value, api);
    core[spec.key ?? spec.name] = text;
    if (spec.writeOnly !== true) sent[attribute] = text;
  }
  if (order.kind === 'create' && order.accountId === null) {
    const lacking = attributes.find((one) => one.required === true && order.set[one.name] === undefined);
    if (lacking !== undefined) {
      return wrong('MissingAttribute', `TalentLMS creates nobody without "${lacking.name}"; map it`);
    }
  }
  return { core, custom, sent };
}

/** The answer to a create may be the whole user or its id only. */
export function receivedFrom(
  user: JsonObject,
  api: Config['api'] = 'v2',
): Readonly<Record<string, Value>> | undefined {
  const received: Record<string, Value> = {};
  for (const { name, key, write, writeOnly } of attributesOf(api)) {
    const value = textOf(user[key ?? name]);
    if (write !== undefined && writeOnly !== true && typeof value === 'string') received[name] = value;
  }
  return Object.keys(received).length === 0 ? undefined : received;
}

function coreValue(attribute: string, value: Value, api: Config['api']): string | null {
  if (isNothing(value)) return null;
  const text = String(value);
  if (attribute === 'language') return api === 'v2' ? sentLocale(text) : comparableLanguage(text);
  return attribute === 'deactivation_date' ? text.slice(0, 10) : text;
}

function isNothing(value: Value): boolean {
  return value === null || value === '';
}

function wrong(reason: string, message: string): NonNullable<Result['error']> {
  return { reason, message, fate: 'person' };
}

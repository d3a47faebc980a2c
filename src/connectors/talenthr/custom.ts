import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json } from '../../model/value.ts';
import { classOfLabel } from '../class-of-label.ts';
import { isObject, type JsonObject } from '../json.ts';
import { isCustom } from './fields.ts';

/** Fields that hold values: groups only gather others, and those that are off or deleted show nothing. */
function usable(items: readonly JsonObject[]): readonly CustomField[] {
  return items.flatMap((item) => {
    const { is_group: group, is_enabled: enabled, deleted_at: deleted, name, slug } = item;
    const isUsable = group !== true && enabled !== false && (deleted ?? null) === null;
    return isUsable && typeof name === 'string' && typeof slug === 'string' ? [{ item, name, slug }] : [];
  });
}

interface CustomField {
  readonly item: JsonObject;
  readonly name: string;
  readonly slug: string;
}

/**
 * The custom fields of one person's list as attributes: under the name that TalentHR shows, exact in its case. A name
 * that two fields share stands for neither; they go by their slugs.
 */
export function customAttributes(items: readonly JsonObject[]): readonly AttributeSpec[] {
  const fields = usable(items);
  return fields.map((field) => {
    const { item, name, slug } = field;
    const isShared = fields.some((one) => one !== field && one.name === name);
    return {
      name: `custom.${isShared ? slug : name}`,
      type: item['has_multiple_records'] === true ? 'list<text>' : isDate(item) ? 'date' : 'text',
      class: classOfLabel(`${name} ${slug}`),
      label: name,
      key: slug,
      optional: true,
    };
  });
}

/** The value of `custom.<name or slug>` in one person's list, as it is there; `undefined` when there is no such field. */
export function customValue(items: readonly JsonObject[], attribute: string): Json | undefined {
  if (!isCustom(attribute)) return undefined;
  const wanted = attribute.slice('custom.'.length);
  const fields = usable(items);
  const named = fields.filter(({ name }) => name === wanted);
  const [field] = named.length === 1 ? named : fields.filter(({ slug }) => slug === wanted);
  if (field === undefined) return undefined;
  const { custom_field_values: values, has_multiple_records: many } = field.item;
  if (!Array.isArray(values)) return isObject(values) ? plain(values) : (values ?? null);
  const all = (values as readonly Json[]).map(plain).filter((one) => one !== null && one !== '');
  return many === true ? all : ((all[1] === undefined ? all[0] : all) ?? null);
}

function plain(value: Json): Json {
  return isObject(value) ? (value['value'] ?? null) : value;
}

function isDate({ custom_field_type: type }: JsonObject): boolean {
  if (!isObject(type)) return false;
  return [type['slug'], type['name'], type['type']].some(
    (word) => typeof word === 'string' && /^date\b/i.test(word),
  );
}

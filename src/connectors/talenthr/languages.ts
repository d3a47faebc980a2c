import type { Json } from '../../model/value.ts';
import { idOf, isObject, type JsonObject } from '../json.ts';
import type { TalentHrClient } from './client.ts';

/** The languages that TalentHR knows: id, code and name. */
export class Languages {
  readonly #items: readonly JsonObject[];

  private constructor(items: readonly JsonObject[]) {
    this.#items = items;
  }

  static async read(client: TalentHrClient, signal: AbortSignal): Promise<Languages> {
    return new Languages(await client.list('languages', signal));
  }

  /**
   * The code behind what a record holds: a code or name itself, an id, an object with one of them, or a list of which
   * the first counts. `undefined` where it is none of these.
   */
  codeOf(raw: Json): string | null | undefined {
    if (raw === null || raw === '') return null;
    if (Array.isArray(raw)) return raw.length === 0 ? null : this.codeOf((raw as readonly Json[])[0] ?? null);
    if (isObject(raw)) {
      const inner = raw['code'] ?? raw['language'] ?? raw['language_id'] ?? raw['id'];
      return inner === undefined ? null : this.codeOf(inner);
    }
    const id = idOf(raw);
    const found = this.#items.find((one) =>
      id === undefined ? comparable(one['name']) === comparable(raw) : idOf(one['id']) === id,
    );
    const code = found?.['code'];
    if (typeof code === 'string') return code;
    return typeof raw === 'string' && id === undefined ? raw : undefined;
  }

  /** The id of a language by its code, with or without a region, or its name. */
  idOf(text: string): number | undefined {
    const wanted = comparableLanguage(text);
    const found =
      this.#items.find((one) => comparable(one['code']) === text.trim().toLowerCase()) ??
      this.#items.find((one) => comparableLanguage(comparable(one['code']) ?? '') === wanted) ??
      this.#items.find((one) => comparable(one['name']) === wanted);
    const id = idOf(found?.['id']);
    return id === undefined ? undefined : Number(id);
  }
}

function comparable(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value.trim().toLowerCase() : undefined;
}

/** `en-US`, `en_GB` and `en` are one language; Brazilian Portuguese and the Chinese scripts are languages of their own. */
export function comparableLanguage(text: string): string {
  const tag = text.trim().replaceAll('_', '-').toLowerCase();
  if (/^(pt-br|zh-(hant|tw|hk|mo))\b/.test(tag)) return tag.startsWith('pt') ? 'pt-br' : 'zh-hant';
  return /^[a-z]{2,3}(-|$)/.test(tag) ? (tag.split('-')[0] ?? tag) : tag;
}

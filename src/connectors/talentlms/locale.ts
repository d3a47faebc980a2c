/**
 * TalentLMS writes a locale (`nl-NL` style), shows a language in its list and display names elsewhere ("Dutch"). Two
 * forms of one language must compare as equal, or a pass would write the same language for ever; two languages that
 * people read differently (Brazilian and European Portuguese, the two Chinese scripts) must not.
 *
 * The form compared: the bare language (`en`, `nl`), with what tells variants apart (`pt-BR`, `zh-Hant`).
 */
export function comparableLanguage(text: string): string {
  const locale = localeOf(languageCode(text));
  if (locale === undefined) return text.trim().toLowerCase();
  const { language } = locale;
  if (language === 'pt') return locale.region === 'BR' ? 'pt-BR' : 'pt';
  if (language === 'zh') return locale.maximize().script === 'Hant' ? 'zh-Hant' : 'zh';
  if (language === 'sr') return locale.script === 'Latn' ? 'sr-Latn' : 'sr';
  return language;
}

/** The locale that is sent: a bare language with its main region, as the vendor's documents show it. */
export function sentLocale(text: string): string {
  const code = languageCode(text);
  const locale = localeOf(code);
  if (locale === undefined) return text;
  const european = locale.language === 'pt' && locale.region === undefined ? 'PT' : undefined;
  const region = locale.region ?? european ?? locale.maximize().region;
  return region === undefined ? locale.language : `${locale.language}-${region}`;
}

/** A display name ("Dutch") as its code; anything else as it is. */
export function languageCode(text: string): string {
  return codes.get(text.trim().toLowerCase()) ?? text.trim();
}

function localeOf(text: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(text.replaceAll('_', '-'));
  } catch {
    return undefined;
  }
}

const offered = (
  'ar bg bs ca cs cy da de el en es et fa fi fr he hi hr hu hy id is it ja ka ko lt lv mn ms nb nl pl pt pt-BR ro ' +
  'ru sk sl sq sr sv th tr uk vi zh zh-Hant'
).split(' ');
const names = new Intl.DisplayNames('en', { type: 'language' });
const codes: ReadonlyMap<string, string> = new Map(
  offered.map((code) => [(names.of(code) ?? code).toLowerCase(), code]),
);

import type { DataClass } from '../model/value.ts';

/** Words in a label that make a custom attribute as careful as health or pay. */
const sensitive =
  /iban|bic\b|bank|birth|geburt|salary|gehalt|lohn|tax|steuer|social|sozialvers|insurance|religio|konfession|marital|familienstand|disab|behinder|health|krank|nationality|staatsang|passport|ausweis|citizenship|\bssn\b/i;

/** The class of a custom attribute, by what people call it: nobody else says what is in it. */
export function classOfLabel(label: string): DataClass {
  return sensitive.test(label.replaceAll('_', ' ')) ? 'sensitive' : 'personal';
}

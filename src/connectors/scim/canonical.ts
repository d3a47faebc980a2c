import type { Value, ValueType } from '../../model/value.ts';
import { dateAlone, onText } from '../text-forms.ts';

/**
 * The form in which two values of an attribute are equal to a SCIM server: texts that are not case-exact without case
 * (RFC 7643 §2.2), telephone numbers without the `tel:` and the separators for the eye (RFC 3966 §5.1.1), languages
 * and locales as one spelling of a language tag, dates without a time.
 */
export function canonicalForm(
  attribute: string,
  type: ValueType | undefined,
): ((value: Value) => Value) | undefined {
  if (attribute === 'userName' || attribute.startsWith('emails.'))
    return onText((value) => value.toLowerCase());
  if (attribute.startsWith('phoneNumbers.')) {
    return onText((value) => value.replace(/^tel:/i, '').replace(/[\s().-]/g, ''));
  }
  if (attribute === 'locale' || attribute === 'preferredLanguage') {
    return onText((value) => value.replaceAll('_', '-').toLowerCase());
  }
  if (attribute === 'roles' || attribute === 'entitlements') return lowerCase;
  if (type === 'date') return dateAlone;
  return undefined;
}

function lowerCase(value: Value): Value {
  return Array.isArray(value) ? value.map((one) => String(one).toLowerCase()) : value;
}

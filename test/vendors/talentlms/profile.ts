import { booleanOf, textOf, wholeOf, type Body } from './body.ts';
import { Refusal, sections, type Section } from './refusal.ts';
import { userTypes, type VendorState, type VendorUser } from './state.ts';

const section = sections.users;

export const profileFields = [
  'name',
  'surname',
  'login',
  'email',
  'timezone',
  'locale',
  'email_notifications',
  'user_type_id',
  'password',
  'description',
  'credits',
  'deactivation_date',
] as const;

/** What a body says of the core fields, checked as the vendor does; nothing is stored yet. */
export function readProfile(
  state: VendorState,
  body: Body,
  self: VendorUser | undefined,
): Partial<VendorUser> {
  const login = textOf(body, 'login', section);
  const email = textOf(body, 'email', section);
  const password = textOf(body, 'password', section);
  if (email !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    throw new Refusal(400, section, 'email must be a valid email address.');
  }
  if (password !== undefined) checkPassword(password);
  checkUnique(state, login, email, self);
  return present({
    login,
    email,
    password,
    name: textOf(body, 'name', section),
    surname: textOf(body, 'surname', section),
    timezone: textOf(body, 'timezone', section),
    locale: localeOf(textOf(body, 'locale', section)),
    userType: userTypeOf(wholeOf(body, 'user_type_id', section)),
    emailNotifications: booleanOf(body, 'email_notifications', section),
    description: body['description'] === null ? null : textOf(body, 'description', section),
    credits: creditsOf(body),
    deactivationDate: deactivationOf(body),
  });
}

export function checkPassword(password: string, place: Section = section): void {
  if (password.length >= 8 && /[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password)) return;
  throw new Refusal(
    400,
    place,
    'Password is not strong enough (at least 8 characters, upper case, lower case and a digit)',
  );
}

export function checkUnique(
  state: VendorState,
  login: string | undefined,
  email: string | undefined,
  self: VendorUser | undefined,
  place: Section = section,
): void {
  for (const other of [...state.users.values(), ...state.ghosts.values()]) {
    if (other === self) continue;
    if (login !== undefined && other.login.toLowerCase() === login.toLowerCase()) {
      throw new Refusal(400, place, 'A user with the same login already exists');
    }
    if (email !== undefined && other.email.toLowerCase() === email.toLowerCase()) {
      throw new Refusal(400, place, 'A user with the same email address already exists');
    }
  }
}

/** Documented as `nl-NL`: a bare language is filled up with its region. */
function localeOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!/^[a-z]{2,3}(-[A-Z]{2})?$/.test(text)) {
    throw new Refusal(400, section, 'locale must be a valid locale, such as nl-NL.');
  }
  return text.includes('-') ? text : `${text}-${new Intl.Locale(text).maximize().region ?? 'US'}`;
}

function userTypeOf(id: number | undefined): string | undefined {
  if (id === undefined) return undefined;
  const name = userTypes[id - 1];
  if (name === undefined) throw new Refusal(400, section, 'user_type_id is not a user type of this portal.');
  return name;
}

function creditsOf(body: Body): number | null | undefined {
  const value = body['credits'];
  if (value === undefined || value === null || typeof value === 'number') return value;
  throw new Refusal(400, section, 'credits must be a number.');
}

function deactivationOf(body: Body): string | null | undefined {
  const value = body['deactivation_date'];
  if (value === undefined || value === null) return value;
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return `${value}T00:00:00+00:00`;
  throw new Refusal(400, section, 'deactivation_date must be a date (YYYY-MM-DD).');
}

function present<T extends object>(values: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

import type { VendorState, VendorUser } from '../state.ts';
import { entities, seconds, shownDate, shownLanguage, shownMoment, shownZone } from './forms.ts';

/** A user of the list: everything as text, without branches, groups and courses. */
export function listed(state: VendorState, user: VendorUser, withFields: boolean): Record<string, unknown> {
  const { dateFormat } = state;
  return {
    id: String(user.id),
    login: entities(user.login),
    first_name: entities(user.name),
    last_name: entities(user.surname),
    email: user.email,
    restrict_email: user.emailNotifications ? '0' : '1',
    user_type: user.userType,
    timezone: entities(shownZone(user.timezone)),
    language: shownLanguage(user.locale),
    status: user.status,
    deactivation_date:
      user.deactivationDate === null ? '' : shownDate(user.deactivationDate.slice(0, 10), dateFormat),
    level: '1',
    points: '0',
    created_on: shownMoment(user.registration, dateFormat),
    last_updated: shownMoment(user.lastUpdated, dateFormat),
    last_updated_timestamp: seconds(user.lastUpdated),
    avatar: 'https://example.talentlms.com/images/unknown.png',
    bio: user.description === null ? '' : entities(user.description),
    login_key: `https://example.talentlms.com/index/autologin/key:secret-${user.id}`,
    ...(withFields ? fieldsOf(state, user) : {}),
  };
}

/** A user who is asked for singly. */
export function whole(state: VendorState, user: VendorUser): Record<string, unknown> {
  return {
    ...listed(state, user, true),
    courses: coursesOf(state, user),
    branches: [...user.branches].map((id) => ({
      id: String(id),
      name: entities(state.branches.get(id) ?? ''),
    })),
    groups: [],
    certifications: [],
    badges: [],
  };
}

function fieldsOf(state: VendorState, user: VendorUser): Record<string, unknown> {
  return Object.fromEntries(
    state.fields.map(({ index, type }) => {
      const value = user.custom.get(index) ?? '';
      const text = type === 'date' ? shownDate(value, state.dateFormat) : entities(value);
      return [`custom_field_${index}`, text];
    }),
  );
}

function coursesOf(state: VendorState, user: VendorUser): readonly unknown[] {
  return [...state.enrollments.values()]
    .filter((one) => one.user === user.id)
    .map((one) => ({
      id: String(one.course),
      name: entities(state.courses.get(one.course)?.name ?? ''),
      role: one.role,
      enrolled_on: shownMoment(one.enrolledOn, state.dateFormat),
      enrolled_on_timestamp: seconds(one.enrolledOn),
      completed_on: shownMoment(one.completedOn, state.dateFormat),
      completed_on_timestamp: seconds(one.completedOn),
      completion_status: one.completedOn === null ? 'incomplete' : 'completed',
      completion_status_formatted: one.completedOn === null ? 'In progress' : 'Completed',
      completion_percentage: String(one.percentage),
      expired_on: shownMoment(one.expiresOn, state.dateFormat),
      expired_on_timestamp: seconds(one.expiresOn),
      total_time: '0s',
      total_time_seconds: 0,
      last_accessed_unit_url: '',
    }));
}

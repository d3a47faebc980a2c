import type { Json } from '../../../src/model/value.ts';

/** One attribute as Personio's administrators see it. Source: vendors/personio.md, section 3. */
export interface PersonioAttribute {
  readonly key: string;
  readonly label: string;
  readonly type: 'standard' | 'integer' | 'decimal' | 'date' | 'list' | 'tags';
  readonly universalId: string | null;
  readonly options?: readonly string[];
}

/**
 * One employee: raw values by key. Dates are `YYYY-MM-DD` and become timestamps when they are sent; a supervisor is a
 * number.
 */
export type Employee = Map<string, Json>;

const standard = (key: string, label: string, type: PersonioAttribute['type'] = 'standard') => ({
  key,
  label,
  type,
  universalId: key,
});

export const standardAttributes: readonly PersonioAttribute[] = [
  standard('id', 'ID', 'integer'),
  standard('first_name', 'First name'),
  standard('last_name', 'Last name'),
  standard('preferred_name', 'Name (preferred)'),
  standard('email', 'Email'),
  standard('gender', 'Gender'),
  standard('status', 'Status'),
  standard('position', 'Position'),
  standard('supervisor', 'Supervisor'),
  standard('employment_type', 'Employment type'),
  standard('weekly_working_hours', 'Weekly hours'),
  standard('hire_date', 'Hire date', 'date'),
  standard('contract_end_date', 'Contract ends', 'date'),
  standard('termination_date', 'Termination date', 'date'),
  standard('termination_type', 'Termination type'),
  standard('termination_reason', 'Termination reason'),
  standard('probation_period_end', 'Probation period end', 'date'),
  standard('last_working_day', 'Last day of work', 'date'),
  standard('created_at', 'created_at', 'date'),
  standard('last_modified_at', 'Last modified', 'date'),
  standard('subcompany', 'Subcompany'),
  standard('office', 'Office'),
  standard('department', 'Department'),
  standard('team', 'Team'),
  standard('cost_centers', 'Cost center'),
  standard('profile_picture', 'Profile Picture'),
];

/** Custom fields of the invented company: a plain one, a date, a list, tags and one from a template. */
export const customAttributes: readonly PersonioAttribute[] = [
  { key: 'dynamic_24407', label: 'User_City', type: 'standard', universalId: null },
  { key: 'dynamic_33400', label: 'Anniversary', type: 'date', universalId: null },
  { key: 'dynamic_33401', label: 'Badge', type: 'integer', universalId: null },
  { key: 'dynamic_33402', label: 'Shirt', type: 'list', universalId: null, options: ['S', 'M', 'L'] },
  {
    key: 'dynamic_33403',
    label: 'Language Skills',
    type: 'tags',
    universalId: null,
    options: ['Deutsch', 'English', 'Polski'],
  },
  { key: 'dynamic_33404', label: 'Date of birth', type: 'date', universalId: 'date_of_birth' },
];

/** In what a service behind Apideck differs from the plain list, as the notes of Apideck's HRIS document (10.34.0) say. */
interface Habits {
  readonly pageSize?: number;
  readonly alsoList?: readonly string[];
  readonly passThrough?: Readonly<Record<string, string>>;
  readonly singly?: readonly string[];
}

const habits: Readonly<Record<string, Habits>> = {
  // The list shows the role of whoever left as "other".
  bamboohr: { singly: ['employment_role'] },
  // The list has ids and nothing else.
  'ceridian-dayforce': { singly: ['*'] },
  hibob: { singly: ['custom_fields'] },
  'hibob-oauth': { singly: ['custom_fields'] },
  rippling: { passThrough: { include_terminated: 'true' } },
  // Pages in fifties; whoever left only by the filter.
  'sage-hr': { pageSize: 50, alsoList: ['terminated'] },
  'ukg-pro': { singly: ['jobs', 'custom_fields'] },
  // A larger page may take longer than the 30 s after which Apideck gives up.
  workday: { pageSize: 20 },
};

export function habitsOf(serviceId: string): Habits {
  return habits[serviceId] ?? {};
}

import type { Value } from '../../src/model/value.ts';

/** Sunday, 22 November 2026, noon in UTC. */
export const noon = Date.UTC(2026, 10, 22, 12);
export const day = 24 * 60 * 60 * 1000;

export const sourceColumns = [
  'id',
  'email',
  'first_name',
  'phone',
  'department',
  'status',
  'starts',
  'lastDay',
  'supervisor',
  'zone',
  'login',
  'groups',
];

export const targetColumns = [
  'hris_id',
  'email',
  'first_name',
  'phone',
  'login',
  'manager',
  'role',
  'groups',
];

export type Fields = Readonly<Record<string, Value | undefined>>;

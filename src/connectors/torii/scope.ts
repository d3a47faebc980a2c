import type { Want } from '../../model/row.ts';
import type { ToriiClient } from './client.ts';

/** Torii has no part that a sync could manage alone: an account of an application is a connection of its own. */
export function refuseScope({ scope = {} }: Want, client: ToriiClient): void {
  const [key] = Object.keys(scope);
  if (key === undefined) return;
  throw client.stalled('ScopeUnknown', `Torii has no scope "${key}"; take it out of the sync`);
}

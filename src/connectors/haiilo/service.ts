import type { Service } from '../scim/service.ts';
import type { Way } from './deprovisioning.ts';

/** One platform of Haiilo, opened: its users by SCIM, and how accounts are ended there. */
export interface Haiilo {
  readonly service: Service;
  readonly way: Way;
  /** The values that `country` may have, exact in case; any, where it is left out. */
  readonly countries?: readonly string[];
}

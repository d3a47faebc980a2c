import { limitClasses } from '../../model/change.ts';
import type { LimitClass } from '../../model/change.ts';
import type { Limit, Limits } from '../compiled.ts';
import type { LimitsSpec } from '../documents/limits.ts';
import { durationMs } from '../duration.ts';

/** Only what is written; the guard knows the defaults of each class. */
export function compileLimits(spec: LimitsSpec): Limits {
  const limits: Partial<Record<LimitClass, Limit>> = {};
  for (const name of limitClasses) {
    const limit = spec[name];
    if (limit === undefined) continue;
    const { fraction, floor, atMost, window } = limit;
    limits[name] = {
      ...(fraction === undefined ? {} : { fraction }),
      ...(floor === undefined ? {} : { floor }),
      ...(atMost === undefined ? {} : { atMost }),
      ...(window === undefined ? {} : { windowMs: durationMs(window) }),
    };
  }
  return limits;
}

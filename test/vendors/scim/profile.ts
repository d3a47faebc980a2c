import { enterpriseUrn } from './attributes.ts';
import type { Resource } from './resource.ts';

/** Where a server of the wild differs from the standards. */
export interface ScimProfile {
  /** A list without a filter leaves out whoever is not active. */
  readonly listHidesInactive?: boolean;
  /** Pages hold at most this many, whatever `count` asks for (allowed by RFC 7644 §3.4.2.4). */
  readonly smallerPages?: number;
  /** `status` of an error is a number. */
  readonly numericStatus?: boolean;
  readonly userNameImmutable?: boolean;
  /** An inactive user cannot be changed, and is active again once it is created anew; `elsewhere`: as another user. */
  readonly reactivatesByPost?: 'itself' | 'elsewhere';
  /** Whoever is deactivated is deleted for good. */
  readonly deletesInactive?: boolean;
  /** `attributes` is taken and ignored. */
  readonly ignoresAttributes?: boolean;
  /** `/ServiceProviderConfig` says that PATCH is not supported, and it is refused with 501. */
  readonly noPatch?: boolean;
  /** `manager` comes as plain text, as in Microsoft's samples. */
  readonly managerAsText?: boolean;
  /** What is unassigned comes as null and as empty lists (RFC 7643 §2.5 calls all three the same). */
  readonly nullsForUnassigned?: boolean;
  /** What is kept of a user, beside what it was: values in another form, values of its own, values that are refused in silence. */
  readonly keeps?: (user: Resource, before: Resource | undefined) => Resource;
  /** userNames of users that no list and no filter shows yet (RFC 7644 promises no moment). Each is there by its id. */
  readonly unlisted?: ReadonlySet<string>;
}

/** Whether answers differ from what is kept. */
export function needsDressing(profile: ScimProfile): boolean {
  return profile.managerAsText === true || profile.nullsForUnassigned === true;
}

/** A resource as a server with this profile writes it. */
export function dressed(text: string, profile: ScimProfile): string {
  const resource = JSON.parse(text) as Resource;
  const enterprise = resource[enterpriseUrn] as Resource | undefined;
  if (profile.managerAsText === true && enterprise?.['manager'] !== undefined) {
    enterprise['manager'] = (enterprise['manager'] as Resource)['value'] ?? null;
  }
  if (profile.nullsForUnassigned === true) {
    for (const name of ['title', 'nickName', 'externalId', 'name']) resource[name] ??= null;
    for (const name of ['emails', 'phoneNumbers', 'addresses']) resource[name] ??= [];
  }
  return JSON.stringify(resource);
}

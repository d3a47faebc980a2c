import type { VendorAnswer } from '../loopback.ts';

export const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** A request that the strict server refuses, with the section of the standards it goes against. */
export class Refusal extends Error {
  readonly status: number;
  readonly scimType: string | undefined;

  constructor(status: number, section: string, words: string, scimType?: string) {
    super(`${words} (${section})`);
    this.status = status;
    this.scimType = scimType;
  }

  /** RFC 7644 §3.12: the status is text, a number in the wild. */
  answer(numericStatus: boolean): VendorAnswer {
    return {
      status: this.status,
      headers: { 'content-type': 'application/scim+json' },
      body: {
        schemas: [errorUrn],
        ...(this.scimType === undefined ? {} : { scimType: this.scimType }),
        detail: this.message,
        status: numericStatus ? this.status : String(this.status),
      },
    };
  }
}

import type { VendorAnswer } from '../loopback.ts';

/** Sections of `vendors/torii.md`; every refusal names the one it comes from. */
export const sections = {
  base: 'Base, authentication, versions',
  people: 'People (`/users`)',
  scim: 'SCIM 2.0',
  sync: 'Custom integration sync',
  errors: 'Errors and limits',
  simulator: 'Simulator',
  /** Torii's own OpenAPI document. */
  document: 'openapi/torii.json',
} as const;

/** What Torii refuses, with the place in its documents. */
export class Refusal extends Error {
  readonly status: number;
  readonly section: string;

  constructor(status: number, section: string, message: string) {
    super(message);
    this.status = status;
    this.section = section;
  }
}

const names: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
};

/** As hapi writes errors. Whether SCIM paths use the error of the standard is not known: they are written alike here. */
export function answerRefusal({ status, section, message }: Refusal): VendorAnswer {
  return {
    status,
    headers: { 'x-refused-by': `vendors/torii.md: ${section}` },
    body: { statusCode: status, error: names[status] ?? 'Error', message },
  };
}

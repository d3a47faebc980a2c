import type { VendorAnswer } from '../loopback.ts';

/** Where refusals come from: sections of vendors/workday.md, and what stands in no source. */
export const sections = {
  authentication: 'vendors/workday.md section 2 (authentication)',
  report: 'vendors/workday.md section 3 (RaaS)',
  soap: 'vendors/workday.md section 5 (SOAP)',
  document: 'the OpenAPI document of a third party',
  model: 'our model: no source says it',
} as const;

export type Section = (typeof sections)[keyof typeof sections];

/** A no of the REST side, whose bodies are pages of no known form; tests look at the header. */
export function refuse(status: number, section: Section, why: string): VendorAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html', 'x-refused-by': `${section}: ${why}` },
    body: '<html><head><title>Error</title></head><body>The request could not be processed.</body></html>',
  };
}

/** A SOAP fault: HTTP 500 whatever it is (section 5). */
export function fault(code: string, text: string, section: Section): VendorAnswer {
  return {
    status: 500,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-refused-by': `${section}: ${text}` },
    body:
      '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/">' +
      '<SOAP-ENV:Body><SOAP-ENV:Fault xmlns:wd="urn:com.workday/bsvc">' +
      `<faultcode>SOAP-ENV:${code}</faultcode><faultstring>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</faultstring>` +
      '</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>',
  };
}

/** Faults as clients of Workday report them (section 5: the wording is not published). */
export const faults = {
  credentials: () =>
    fault('Client.authenticationError', 'invalid username or password', sections.authentication),
  notAuthorized: () =>
    fault(
      'Client',
      'Processing error occurred. The task submitted is not authorized.',
      sections.authentication,
    ),
  invalid: (what: string, section: Section = sections.soap) =>
    fault('Client.validationError', `Validation error occurred. ${what}`, section),
} as const;

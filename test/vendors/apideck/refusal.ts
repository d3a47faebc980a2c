import type { VendorAnswer } from '../loopback.ts';

/** Thrown by a handler: Apideck's error body (HRIS document, `BadRequestResponse` and its like). */
export class Refusal extends Error {
  readonly answer: VendorAnswer;

  constructor(
    status: number,
    type: string,
    message: string,
    more: { readonly detail?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.answer = {
      status,
      ...(more.headers === undefined ? {} : { headers: more.headers }),
      body: {
        status_code: status,
        error: 'refused',
        type_name: type,
        message,
        ...(more.detail === undefined ? {} : { detail: more.detail }),
        ref: `https://developers.apideck.com/errors#${type.toLowerCase()}`,
      },
    };
  }
}

export const key = 'invented-key';
export const noor = {
  login: 'noor.jansen',
  name: 'Noor',
  surname: 'Jansen',
  email: 'noor.jansen@example.org',
};

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** One request as a client sends it, the headers of the documents included unless others are given. */
export async function ask(url: string, method: string, path: string, { body, headers }: Ask = {}) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: headers ?? {
      'x-api-key': key,
      'x-api-version': '2025-01-01',
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = (text === '' ? null : JSON.parse(text)) as { readonly _data?: unknown } | null;
  const data = json === null ? null : Object.entries(json).find(([name]) => name === '_data')?.[1];
  return {
    status: answer.status,
    section: answer.headers.get('x-refused-by'),
    remaining: answer.headers.get('x-ratelimit-remaining'),
    body: json,
    data,
  };
}

import { createHash, timingSafeEqual } from 'node:crypto';

/** `viewer` may look, `operator` may also ask for passes. */
export type Role = 'viewer' | 'operator';

export interface ApiToken {
  /** For the log. */
  readonly name: string;
  readonly role: Role;
  readonly token: string;
}

/** Answers who a bearer token belongs to. Takes as long for a wrong token as for a right one. */
export type Recognize = (authorization: string | undefined) => { name: string; role: Role } | undefined;

/** Throws a `RangeError` naming the token when one is so short that it could be guessed. */
export function recognizer(tokens: readonly ApiToken[]): Recognize {
  const known = tokens.map(({ name, role, token }) => {
    if (token.length < 16) throw new RangeError(`the API token "${name}" is shorter than 16 characters`);
    return { name, role, digest: digestOf(token) };
  });
  return (authorization) => {
    const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
    if (given === undefined) return undefined;
    const digest = digestOf(given);
    let found: { name: string; role: Role } | undefined;
    for (const { name, role, digest: expected } of known) {
      if (timingSafeEqual(digest, expected)) found = { name, role };
    }
    return found;
  };
}

/** Digests have one length, whatever the tokens have. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

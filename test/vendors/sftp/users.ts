import ssh2, { type AuthContext } from 'ssh2';

const { parseKey } = ssh2.utils;

/** The one user of a server, and how they prove who they are. */
export interface User {
  readonly password?: string;
  /** In OpenSSH's form. */
  readonly publicKey?: string;
  /** The key, and then the password. */
  readonly both?: true;
  /** Asked for by prompts only. */
  readonly prompts?: readonly { readonly prompt: string; readonly echo: boolean }[];
}

/** Judges the tries of one connection. */
export function doorkeeper(user: User): (context: AuthContext) => void {
  let hasShownKey = false;
  return (context) => {
    if (context.method === 'keyboard-interactive' && user.prompts !== undefined) {
      const { prompts, password } = user;
      context.prompt([...prompts], (answers) => {
        if (answers.length === prompts.length && answers.every((one) => one === password)) context.accept();
        else context.reject();
      });
    } else if (
      context.method === 'publickey' &&
      user.publicKey !== undefined &&
      holdsKey(context, user.publicKey)
    ) {
      // Without a signature it is only asked whether the key would do.
      hasShownKey ||= context.signature !== undefined;
      if (hasShownKey && user.both === true) context.reject(['password'], true);
      else context.accept();
    } else if (
      context.method === 'password' &&
      user.prompts === undefined &&
      context.password === user.password
    ) {
      if (user.both === true && !hasShownKey) context.reject(['publickey']);
      else context.accept();
    } else {
      context.reject(user.prompts === undefined ? ['publickey', 'password'] : ['keyboard-interactive']);
    }
  };
}

function holdsKey(context: AuthContext & { readonly method: 'publickey' }, publicKey: string): boolean {
  const allowed = parseKey(publicKey);
  if (allowed instanceof Error || !allowed.getPublicSSH().equals(context.key.data)) return false;
  const { blob, signature, hashAlgo } = context;
  if (blob === undefined || signature === undefined) return true;
  // An error, where the signature is none at all.
  const verified: unknown = allowed.verify(blob, signature, hashAlgo);
  return verified === true;
}

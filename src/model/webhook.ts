/** A webhook as it came in, before anybody believes anything of it. */
export interface WebhookRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Byte for byte: signatures are over this, and not over what is parsed from it. */
  readonly rawBody: Uint8Array;
  /** Wall clock (ms). */
  readonly now: number;
}

/** The same while its body is still on its way: where the connection takes none, nobody reads it. */
export interface IncomingWebhook extends Pick<WebhookRequest, 'headers'> {
  /** Once. Rejects where it is too large, or too many are read at the moment. */
  readonly readBody: () => Promise<Uint8Array>;
}

/** What a webhook is worth. What it says happened is not asked: who it names is looked at anew. */
export type VerifiedWebhook =
  | Genuine
  /**
   * The system tries whether somebody answers under this address, before it sends anything. Nothing follows from it, so
   * that it may be unsigned and come as often as anybody likes.
   */
  | { readonly kind: 'greeting' }
  /** `signature`: missing or wrong. `malformed`: well signed, and not what the vendor's pages describe. */
  | { readonly kind: 'refused'; readonly reason: 'signature' | 'malformed' };

/** Signed by the vendor's system. */
interface Genuine {
  readonly kind: 'genuine';
  /** Ids of records as the connector's reader gives them; or everybody, where it names nobody. */
  readonly people: readonly string[] | 'everybody';
  /** The same for the same delivery, and no other: its id, or its signature. */
  readonly id: string;
  /** When it was sent (ms), where that is signed too: an old one is a replay. */
  readonly sentAt?: number;
  /** What the system hands over with it, to be kept under these names (`KeptTokens`): where it says so in no other way. */
  readonly tokens?: Readonly<Record<string, string>>;
  /** How much later the system itself may still bring it (ms); five minutes where it is left out. */
  readonly withinMs?: number;
}

/** How a kind of system signs what it sends to `/hooks/<connection>`. */
export interface WebhookVerifier<Config = unknown> {
  /** Which of the connector's credentials the secret is. */
  readonly credential: string;
  /**
   * Pure. Compares in constant time and looks at nothing of the body before the signature is right. `id`, `sentAt` and the
   * people come from what is signed. By the connection's config it tells what is sent here for somebody else: such a one
   * is genuine and names nobody.
   */
  verify(request: WebhookRequest, secret: string, config: Config): VerifiedWebhook;
}

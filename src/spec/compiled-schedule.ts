export type CompiledSchedule =
  | {
      readonly kind: 'cron';
      readonly cron: string;
      readonly timezone: string;
      readonly jitterMs: number;
      readonly windows: Windows;
    }
  | {
      readonly kind: 'every';
      readonly everyMs: number;
      readonly initialDelayMs: number;
      readonly jitterMs: number;
      readonly windows: Windows;
    }
  | { readonly kind: 'manual'; readonly onActivation: boolean; readonly windows: Windows };

/** No window: always. Any allow: only within one. A deny wins. Explicit terminations pass. */
export interface Windows {
  readonly allow: readonly Window[];
  readonly deny: readonly Window[];
}

export interface Window {
  /** Begins at each match. */
  readonly cron: string;
  readonly durationMs: number;
  readonly timezone: string;
}

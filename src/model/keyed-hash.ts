import type { Value } from './value.ts';

/**
 * Keyed hash of a value of one attribute, for comparison at rest: without the installation's key it tells nothing, and
 * equal values of two attributes do not look equal. Short text, deterministic for an installation.
 */
export type KeyedHash = (attribute: string, value: Value) => string;

import type { CompiledSpecs } from '../spec/compiled.ts';
import type { Output } from './output.ts';

/** Says which approvals in the specs have expired: they release nothing, which is easily taken for a hold that came back. */
export function tellExpiredApprovals({ approvals }: CompiledSpecs, out: Output, now: number): void {
  for (const { name, expires, place } of approvals) {
    if (Date.parse(expires) > now) continue;
    out.say(
      `${place.file}:${place.line}: approval ${name} expired at ${expires} and releases nothing; remove it, or approve anew`,
    );
  }
}

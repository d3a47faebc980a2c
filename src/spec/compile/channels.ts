import type { CompiledApproval, CompiledChannel, KnownRecipients, Place } from '../compiled.ts';
import type { NewsSpec } from '../documents/channel.ts';
import type { SpecDocument } from '../documents.ts';
import { suggest } from '../suggestion.ts';
import { readableAttribute } from './identity.ts';
import type { CompileInput } from './input.ts';
import { refer } from './references.ts';
import type { Sides } from './sides.ts';

/** Every channel by name; one written in a sync is called by its position: `staff-to-lms.notify[0]`. */
export function compileChannels(input: CompileInput): ReadonlyMap<string, CompiledChannel> {
  const channels = new Map<string, CompiledChannel>();
  for (const { name, content, place } of input.documents.Channel.values()) {
    channels.set(name, compileChannel(name, content.spec, place));
  }
  for (const sync of input.documents.Sync.values()) {
    for (const [index, channel] of sync.content.spec.notify.entries()) {
      if (typeof channel === 'string') continue;
      const name = inlineName(sync.name, index);
      channels.set(name, compileChannel(name, channel, sync.yaml.place(['spec', 'notify', index])));
    }
  }
  return channels;
}

/** Names of the channels that a sync tells. */
export function compileNotify(sync: SpecDocument<'Sync'>, input: CompileInput): readonly string[] {
  return sync.content.spec.notify.flatMap((channel, index) => {
    if (typeof channel === 'object') return [inlineName(sync.name, index)];
    const from = { yaml: sync.yaml, path: ['spec', 'notify', index] };
    return refer('Channel', channel, from, input.documents, input.findings) === undefined ? [] : [channel];
  });
}

/** Of the sync's channels those that check recipients, each with an attribute of the target that can be read. */
export function compileKnownRecipients(
  sync: SpecDocument<'Sync'>,
  { documents }: CompileInput,
  sides: Sides,
): readonly KnownRecipients[] {
  return sync.content.spec.notify.flatMap((written, index) => {
    const spec = typeof written === 'string' ? documents.Channel.get(written)?.content.spec : written;
    if (spec?.mail?.knownBy === undefined) return [];
    const { to, knownBy } = spec.mail;
    const path = ['spec', 'notify', index];
    const found = readableAttribute(knownBy, path, sync.yaml, sides);
    const channel = typeof written === 'string' ? written : inlineName(sync.name, index);
    return found === undefined ? [] : [{ channel, attribute: knownBy, to }];
  });
}

/** An approval of a sync that is gone releases nothing and harms nobody: a warning. */
export function compileApprovals({ documents, findings }: CompileInput): readonly CompiledApproval[] {
  return [...documents.Approval.values()].map(({ name, content, yaml, place }) => {
    const { sync, digest, by, expires, reason } = content.spec;
    if (!documents.Sync.has(sync) && !documents.mayBeBroken('Sync', sync)) {
      const at = yaml.place(['spec', 'sync']);
      const message = `there is no Sync "${sync}" that this could approve`;
      findings.warning('spec/unknown-reference', at, message, suggest(sync, documents.Sync.keys()));
    }
    // A day means its end: whoever approves for the first of December means that day, too.
    const until = expires.length === 10 ? `${expires}T23:59:59Z` : expires;
    return { name, sync, digest, by, expires: until, reason, place };
  });
}

function inlineName(sync: string, index: number): string {
  return `${sync}.notify[${index}]`;
}

function compileChannel(name: string, spec: NewsSpec, place: Place): CompiledChannel {
  const to = spec.mail?.to ?? [];
  const kind = spec.mail === undefined ? 'log' : 'mail';
  return { name, kind, to, knownBy: spec.mail?.knownBy, events: spec.events, place };
}

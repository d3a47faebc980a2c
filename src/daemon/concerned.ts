import type { CompiledChannel, CompiledSpecs } from '../spec/compiled.ts';

/** Names of the syncs that read or write a connection, in order. */
export function syncsOf(connection: string, { syncs }: CompiledSpecs): readonly string[] {
  return [...syncs.values()]
    .filter(({ from, to }) => from === connection || to === connection)
    .map(({ name }) => name)
    .toSorted();
}

/** Where a failure of the connection is told: once in each place, however many syncs name it. */
export function channelsOf(connection: string, specs: CompiledSpecs): readonly CompiledChannel[] {
  const places = new Map<string, CompiledChannel>();
  for (const sync of syncsOf(connection, specs)) {
    for (const name of specs.syncs.get(sync)?.notify ?? []) {
      const channel = specs.channels.get(name);
      if (channel?.events.includes('failure') !== true) continue;
      const place = channel.kind === 'mail' ? channel.to.toSorted().join(' ') : `log ${channel.name}`;
      if (!places.has(place)) places.set(place, channel);
    }
  }
  return [...places.values()];
}

/** Which tests are to notice a mistake, the cheap ones first; each says whether a file of tests belongs to it. */
export type Room = (file: string) => boolean;

const deciding: readonly Room[] = [
  (file) => file.includes('test/plan/') && !isDrawn(file),
  isDrawn,
  (file) => file.includes('test/reconcile/'),
];

/** The rooms of one file below `src`: what decides is tried by plans and passes, all else by the tests of its part. */
export function roomsOf(source: string): readonly Room[] {
  const [part = '', ...rest] = source.split('/');
  if (part === 'plan' || part === 'reconcile') return deciding;
  if (part === 'store') return [within('store/sqlite/contract.test.ts'), within('reconcile/')];
  if (part === 'daemon')
    return ['webhooks', 'seen-webhooks', 'due', 'due-moments', 'whole', 'whole-looks'].map((name) =>
      within(`daemon/${name}.test.ts`),
    );
  if (part === 'server') return [within('daemon/webhooks.test.ts')];
  // What writes files on servers is shown by the lists that lie there.
  if (source.startsWith('connectors/sftp/'))
    return [within('connectors/sftp/'), within('connectors/csv/sftp')];
  const folder = rest.slice(0, -1).join('/');
  return [within(folder === '' ? `${part}/` : `${part}/${folder}/`)];
}

const parts = new Map<string, Room>();

/** The same room for the same place, so that each is tried without a mistake once. */
function within(place: string): Room {
  const room = parts.get(place) ?? ((file: string) => file.includes(`test/${place}`));
  parts.set(place, room);
  return room;
}

function isDrawn(file: string): boolean {
  return file.endsWith('test/plan/properties.test.ts');
}

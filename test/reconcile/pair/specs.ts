import { Building, syncOf } from './building.ts';

const status = '  status: { value: source.status, here: [active], left: [inactive] }\n';
const match = '  match: [{ email: source.email }]\n';
/** Nobody is to wait here for an approval. */
const free =
  '  limits: { leave: { floor: 1000 }, update: { floor: 1000 }, clear: { floor: 1000 }, remove: { floor: 1000 } }\n';

/** The two directions of one pair: what leads from HR to the platform, and what follows the other way. */
export interface Directions {
  readonly staff: string;
  readonly back: string;
}

const leading = (attributes: string) =>
  syncOf(
    'staff',
    `  direction: { from: hr, to: lms }\n  mode: full\n  identity: { hr_id: source.id }\n${match}${attributes}${status}${free}`,
  );

const following = (mode: string, attributes: string) =>
  syncOf(
    'back',
    `  direction: { from: lms, to: hr, twoWayWith: staff }\n${mode}  who: ["true"]\n  identity: { lms_id: source.id }\n${match}${attributes}${status}${free}`,
  );

const all = '  attributes: { first_name: source.first_name, email: source.email, phone: source.phone }\n';
const follow = all.replaceAll(/source\.\w+/g, (path) => `{ value: ${path}, policy: follow }`);

/** HR says everything; from the platform only new people come. */
export const createOnly: Directions = { staff: leading(all), back: following('', all) };

/** HR says everything and only reports what differs; from the platform only new people come. */
export const reporting: Directions = { staff: leading(follow), back: following('', all) };

const groups =
  '  attributes: { email: { value: source.email, policy: seed }, groups: { value: source.groups, policy: follow } }\n';

/** Whoever edits the list of groups last is followed. */
export const lists: Directions = { staff: leading(groups), back: following('  mode: upsert\n', groups) };

/** Names are HR's, phone numbers the platform's. */
export const disjoint: Directions = {
  staff: leading(
    '  attributes: { first_name: source.first_name, email: source.email, phone: { value: source.phone, policy: seed } }\n',
  ),
  back: following(
    '  mode: upsert\n',
    '  attributes: { phone: source.phone, email: { value: source.email, policy: seed }, first_name: { value: source.first_name, policy: seed } }\n',
  ),
};

/** Whoever edits last is followed, on either side. */
export const lastEdit: Directions = { staff: leading(follow), back: following('  mode: upsert\n', follow) };

/** Leaving counts on either side, too. */
export const endingBothWays: Directions = {
  staff: leading(follow),
  back: following('  mode: full\n', follow),
};

export async function openPair({ staff, back }: Directions): Promise<Building> {
  return await Building.open({ hr: 'hris', lms: 'academy' }, staff + back);
}

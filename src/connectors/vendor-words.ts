/** What a vendor's message may say besides the words below. */
export interface Keep {
  /** Names of fields, whose words may stay. */
  readonly fields: readonly string[];
}

const longest = 200;

/**
 * A vendor's error message with everything left out that could be about a person or a secret: only words that error
 * messages of APIs are made of stay, and lengths (`191 characters`). A list of what is allowed, because names cannot
 * be told from words by a list of what is not. Empty when nothing meaningful is left.
 */
export function vendorWords(message: unknown, keep: Keep = { fields: [] }): string {
  if (typeof message !== 'string') return '';
  const allowed = new Set(keep.fields.flatMap((name) => [...name.toLowerCase().matchAll(word)].map(String)));
  const plain = message
    .slice(0, 2_000)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\S+@\S+|\S+:\/\/\S+/g, '…')
    .replaceAll(/\b\d+\b(?! ?(?:characters?|items?|digits?)\b)/g, '…')
    .replaceAll(word, (one) => (isPlain(one, allowed) ? one : '…'))
    .replaceAll(/[^\p{L}\p{N}\s.,;:()'_…-]+/gu, ' ')
    .replaceAll(/…(?:[\s.'_-]*…)+/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /\p{L}/u.test(plain) ? plain.slice(0, longest) : '';
}

const word = /[\p{L}\p{M}\p{N}_]+/gu;

function isPlain(one: string, allowed: ReadonlySet<string>): boolean {
  const lower = one.toLowerCase();
  return /^\d+$/.test(one) || vocabulary.has(lower) || allowed.has(lower);
}

const vocabulary: ReadonlySet<string> = new Set(
  `a about account accounts action active address address addresses admin administrator after again all allowed
  already an and another any api are argument arguments array as at attribute attributes available bad be because
  been before between blank body boolean branch but by can cannot case change changed character characters code
  column conflict contact contain contains correct could create created custom date dates deactivated deleted denied
  digit digits disabled does domain duplicate duplicated e element email empty enabled enough entry enum error exceed
  exceeded exceeds exist existing exists expected expired failed false field fields filter for forbidden format found
  from full given greater group groups has have id identifier immutable in inactive incorrect input integer internal
  invalid is it item items its key language least length less letter letters limit list locale lock locked login long
  longer lower mail malformed mandatory manager many match matches maximum may member membership minimum missing more
  most must name no not null number object of off on one only operation optional or other out outside page parameter
  password path pattern permission phone please policy portal present privileged property provided range read
  readonly reference refused registered request requested require required requires resource result role same schema
  server should size special spaces status string strong suspended syntax system take taken task than that the there
  this time timezone title to token too true try type unable unauthorized uniqueness unique unknown unsupported update
  updated upper uppercase lowercase use used user username users valid value values was weak when which while with within
  without wrong you your zone`.split(/\s+/),
);

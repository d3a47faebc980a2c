/**
 * A time zone in the form in which two are compared: the clock that it keeps. API v2 has names ("Europe/Amsterdam"); API
 * v1 shows what its pages show, "(GMT +01:00) Amsterdam, Berlin, Rome", and takes a name. Zones with one clock the whole
 * year are one: whoever works by the time of Paris is not changed to that of Amsterdam.
 *
 * A text that is neither is compared as it stands.
 */
export function comparableZone(text: string): string {
  const trimmed = text.trim();
  const known = forms.get(trimmed);
  if (known !== undefined) return known;
  const zone = shown(trimmed);
  const form = (zone === undefined ? undefined : clockOf(zone)) ?? clockOf(trimmed) ?? trimmed;
  if (forms.size < most) forms.set(trimmed, form);
  return form;
}

const forms = new Map<string, string>();
/** More than there are zones, in both forms. */
const most = 2_000;

/** The first place of a shown zone that has a name of its own, with the offset that is shown. */
function shown(text: string): string | undefined {
  const parts = /^\((?:GMT|UTC)\s*([+-]\d{1,2}:?\d{2})?\)\s*(.*)$/i.exec(text);
  if (parts === null) return undefined;
  const offset = minutesOf(parts[1]);
  for (const place of (parts[2] ?? '').split(',')) {
    const zone = zoneOf(place.trim().toLowerCase());
    if (zone !== undefined && winterOf(zone) === offset) return zone;
  }
  return undefined;
}

function zoneOf(place: string): string | undefined {
  cities ??= citiesOf(Intl.supportedValuesOf('timeZone'));
  return places.get(place) ?? cities.get(place);
}

/** What the pages call otherwise than the zone's own city. */
const places: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'eastern time (us & canada)': 'America/New_York',
    'central time (us & canada)': 'America/Chicago',
    'mountain time (us & canada)': 'America/Denver',
    'pacific time (us & canada)': 'America/Los_Angeles',
    'atlantic time (canada)': 'America/Halifax',
    'greenwich mean time': 'Europe/London',
    'central america': 'America/Guatemala',
    'west central africa': 'Africa/Lagos',
    alaska: 'America/Anchorage',
    arizona: 'America/Phoenix',
    hawaii: 'Pacific/Honolulu',
    newfoundland: 'America/St_Johns',
    saskatchewan: 'America/Regina',
    edinburgh: 'Europe/London',
    bern: 'Europe/Zurich',
    kyiv: 'Europe/Kyiv',
    kiev: 'Europe/Kyiv',
    'st. petersburg': 'Europe/Moscow',
    'abu dhabi': 'Asia/Dubai',
    islamabad: 'Asia/Karachi',
    chennai: 'Asia/Kolkata',
    mumbai: 'Asia/Kolkata',
    'new delhi': 'Asia/Kolkata',
    hanoi: 'Asia/Bangkok',
    beijing: 'Asia/Shanghai',
    osaka: 'Asia/Tokyo',
    canberra: 'Australia/Sydney',
    wellington: 'Pacific/Auckland',
    utc: 'UTC',
  }),
);

/** Made when the first shown zone comes. */
let cities: ReadonlyMap<string, string> | undefined;

function citiesOf(zones: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    zones.map((name) => [(name.split('/').at(-1) ?? name).replaceAll('_', ' ').toLowerCase(), name]),
  );
}

/** Offsets in January and July, which tell the rules of zones apart. */
function clockOf(zone: string): string | undefined {
  const [january, july] = [offsetIn(zone, 0), offsetIn(zone, 6)];
  return january === undefined || july === undefined ? undefined : `${january}/${july}`;
}

/** The lesser of the two is the time without daylight saving, which is what the pages show. */
function winterOf(zone: string): number {
  return Math.min(offsetIn(zone, 0) ?? 0, offsetIn(zone, 6) ?? 0);
}

/** Minutes ahead of UTC in the middle of a month of 2026. */
function offsetIn(zone: string, month: number): number | undefined {
  try {
    const at = Date.UTC(2026, month, 15, 12);
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const parts = format.formatToParts(at);
    return minutesOf(parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', ''));
  } catch {
    return undefined;
  }
}

function minutesOf(offset: string | undefined): number {
  const parts = /^([+-])(\d{1,2}):?(\d{2})$/.exec(offset ?? '');
  if (parts === null) return 0;
  const [, sign, hours, minutes] = parts;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

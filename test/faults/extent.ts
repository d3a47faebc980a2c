const asked = process.env['FAULT_SEEDS'];

/** Whether every case and pair is asked for, and not a share. */
export const everything = asked !== undefined;

/** Seeds for each pair of systems; `FAULT_SEEDS=125` plays 125, and every case of the table at every pair. */
export const seeds = Number(asked ?? 1);

/** The first of them: `FAULT_FROM=77 FAULT_SEEDS=1` plays one seed again. */
export const firstSeed = Number(process.env['FAULT_FROM'] ?? 1);

/** One of so many cases, from `offset` on; all of them where more is asked for. */
export function oneOf<T>(so: number, cases: readonly T[], offset: number): readonly T[] {
  return everything ? cases : cases.filter((_case, index) => index % so === offset % so);
}

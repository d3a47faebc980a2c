/** A declared path with a value in the place of its placeholder, encoded so that it stays one segment. */
export function filledPath(path: string, value: string): string {
  return path.replaceAll(/\{(?:id|value)\}/g, () => encodeURIComponent(value));
}

/** Whether a value can stand in a path: an empty one, or one of dots, would lead elsewhere, and half a character nowhere. */
export function fitsPath(value: string): boolean {
  return value !== '' && value.isWellFormed() && !/^\.{1,2}$/.test(value);
}

/** What tells one connection's system from another where no request does: where it is reached. */
export function placeOf(baseUrl: string): string {
  const { host, pathname } = new URL(baseUrl);
  return `${host}${pathname.replace(/\/+$/, '')}`;
}

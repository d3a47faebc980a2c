import type { Finding } from '../model/error.ts';
import type { Place } from './compiled.ts';

/** Collects what is wrong, so that everything is reported at once. */
export class Findings {
  readonly #list: Finding[] = [];
  #errorCount = 0;

  error(code: string, place: Place, message: string, suggestion?: string): void {
    this.#errorCount += 1;
    this.#add('error', code, place, message, suggestion);
  }

  warning(code: string, place: Place, message: string, suggestion?: string): void {
    this.#add('warning', code, place, message, suggestion);
  }

  /** Errors and warnings in the order of files, lines and columns. */
  get all(): readonly Finding[] {
    return this.#list.toSorted(
      (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code),
    );
  }

  get errorCount(): number {
    return this.#errorCount;
  }

  #add(
    severity: Finding['severity'],
    code: string,
    place: Place,
    message: string,
    suggestion: string | undefined,
  ): void {
    const { file, line, column } = place;
    const hint = suggestion === undefined ? {} : { suggestion };
    this.#list.push({ code, message, severity, file, line, column, ...hint });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

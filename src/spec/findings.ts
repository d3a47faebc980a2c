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

  /** In the order of files, lines and columns. */
  get errors(): readonly Finding[] {
    return this.#sorted('error');
  }

  get warnings(): readonly Finding[] {
    return this.#sorted('warning');
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

  #sorted(severity: Finding['severity']): readonly Finding[] {
    return this.#list
      .filter((finding) => finding.severity === severity)
      .toSorted(
        (a, b) =>
          (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
          a.line - b.line ||
          a.column - b.column ||
          (a.code < b.code ? -1 : 1),
      );
  }
}

/**
 * Cells that a spreadsheet would take for a formula (OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab, carriage return, line
 * feed, and their full-width forms). They get an apostrophe before them, which spreadsheets show as plain text, and lose
 * it when they are read. Whatever begins with apostrophes and then such a character gets one more, so that every text
 * comes back as it was.
 */
const formula = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

export function guarded(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

export function unguarded(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

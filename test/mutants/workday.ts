import { inFile } from './mutant.ts';

/** Reading Workday: what makes a report or a list of pages whole, and values that mean something else than they look. */
export const workday = [
  ...inFile(
    'connectors/workday/report/entries.ts',
    ['workday-report-goes-on', 'json.end();\n', '', 'What a proxy has put behind a report is not seen.'],
    [
      'workday-report-without-a-list',
      "if (!found) throw new BrokenReport('no Report_Entry');",
      '',
      'An error that comes with 200 is a company without people.',
    ],
    [
      'workday-report-other-letters',
      "if (!isUtf8(bytes)) throw new BrokenReport('text that is not UTF-8');",
      '',
      'Names become other names, and are written.',
    ],
    [
      'workday-report-escaped-quote',
      'return (at - start) % 2 === 1;',
      'return false;',
      'A name with a quote breaks the reading, or moves what is behind it.',
    ],
  ),
  ...inFile(
    'connectors/workday/report/wholeness.ts',
    [
      'workday-row-twice',
      "if (id !== '' && this.#seen.has(id))",
      'if (false)',
      'Of two rows of a worker one counts, and the next time the other.',
    ],
    [
      'workday-fewer-than-expected',
      'if (this.#records < atLeast)',
      'if (false)',
      'A report that was cut short by Workday is taken for whole.',
    ],
    [
      'workday-another-number-of-rows',
      'this.#total !== undefined && this.#total !== this.#records',
      'false',
      'Rows that were lost on the way are taken for leavers.',
    ],
  ),
  ...inFile('connectors/workday/report/reader.ts', [
    'workday-report-called-off-is-whole',
    'if (batch.length > 0) yield batch;\n    signal.throwIfAborted();',
    'if (batch.length > 0) yield batch;',
    'A reading that was called off counts as everybody.',
  ]),
  ...inFile(
    'connectors/workday/soap/request.ts',
    [
      'workday-pages-of-any-moment',
      "element('As_Of_Entry_DateTime', entered) +",
      '',
      'Somebody who is entered while the pages are read shifts them, and one is missed.',
    ],
    [
      'workday-bare-password',
      '${escapeXml(login.password)}',
      '${login.password}',
      'A password with an ampersand is refused, and an account is locked.',
    ],
    [
      'workday-strict-look-up',
      ' wd:Skip_Non_Existing_Instances="true"',
      '',
      'Somebody who is looked up and is not there breaks the pass.',
    ],
  ),
  ...inFile('connectors/workday/soap/response.ts', [
    'workday-fault-with-200',
    'if (fault !== undefined) return { fault: faultOf(fault) };',
    '',
    'What Workday says is wrong is not told.',
  ]),
  ...inFile(
    'connectors/workday/soap/pages.ts',
    [
      'workday-another-page',
      'if (page.page !== pages && totalResults > 0)',
      'if (false)',
      'A page that is given twice under its own number hides another.',
    ],
    [
      'workday-totals-that-move',
      'page.totalPages !== totalPages || page.totalResults !== totalResults',
      'false',
      'A list that moves while it is read is taken for whole.',
    ],
    [
      'workday-sum-of-pages',
      'if (records !== totalResults)',
      'if (false)',
      'Workers who are on no page are taken for leavers.',
    ],
  ),
  ...inFile(
    'connectors/workday/soap/reader.ts',
    [
      'workday-worker-twice',
      'if (seen.has(key))',
      'if (false)',
      'A page that is given twice hides another, and everybody on that one is taken for a leaver.',
    ],
    ['workday-another-worker', 'if (has !== text)', 'if (false)', 'Somebody gets the account of another.'],
  ),
  ...inFile(
    'connectors/workday/soap/future-hires.ts',
    [
      'workday-hire-is-active',
      "new Set(['active'])",
      'new Set()',
      'Whoever begins next month counts as working today.',
    ],
    [
      'workday-hire-not-found-again',
      'answer.workers.length !== byWid.size || byWid.size !== hires.length',
      'false',
      'A hire to come has hardly anything but a name, and is written so.',
    ],
  ),
  ...inFile('connectors/workday/values.ts', [
    'workday-any-date',
    'day !== undefined && isDay(day) ? day : wrong',
    'day ?? wrong',
    'The 30th of February is a date, and is written.',
  ]),
];

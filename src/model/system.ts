/** What a kind of system is for: the people it holds are employees, learners, accounts, or lines of a file. */
export type SystemKind = 'hr' | 'learning' | 'identity' | 'file';

import type { Place } from '../compiled.ts';
import type { Decision, LinkDecisions, Transfer } from '../compiled-links.ts';
import type { SpecDocument } from '../documents.ts';
import type { CompileInput } from './input.ts';
import { refer } from './references.ts';

interface Gathered {
  readonly same: Map<string, Decision>;
  readonly never: Map<string, Decision[]>;
  readonly release: Map<string, Decision>;
  readonly transfers: Transfer[];
}

/** Decisions on who is who, by sync. What contradicts something said elsewhere is reported at the second place. */
export function compileLinks(input: CompileInput): ReadonlyMap<string, LinkDecisions> {
  const bySync = new Map<string, Gathered>();
  const contradictions = new Contradictions(input);
  for (const document of input.documents.Links.values()) {
    const { sync: name } = document.content.spec;
    const from = { yaml: document.yaml, path: ['spec', 'sync'] };
    const sync = refer('Sync', name, from, input.documents, input.findings);
    if (sync === undefined) continue;
    const gathered = bySync.get(name) ?? {
      same: new Map(),
      never: new Map(),
      release: new Map(),
      transfers: [],
    };
    bySync.set(name, gathered);
    gather(document, gathered, contradictions, sync.content.spec.direction.to);
    gatherTransfer(document, gathered, input);
  }
  return bySync;
}

function gather(
  document: SpecDocument<'Links'>,
  { same, never, release }: Gathered,
  contradictions: Contradictions,
  target: string,
): void {
  const { sync } = document.content.spec;
  for (const decision of decisionsOf(document, 'same')) {
    if (contradictions.ofSame(sync, target, decision)) same.set(decision.person, decision);
  }
  for (const decision of decisionsOf(document, 'never')) {
    if (!contradictions.ofPair('never', sync, decision)) continue;
    never.set(decision.person, [...(never.get(decision.person) ?? []), decision]);
  }
  for (const decision of decisionsOf(document, 'release')) {
    if (contradictions.ofRelease(sync, decision)) release.set(decision.person, decision);
  }
}

function decisionsOf({ content, yaml }: SpecDocument<'Links'>, key: 'same' | 'never' | 'release') {
  return content.spec[key].map(({ person, account, reason, by }, index): Decision => ({
    person,
    account,
    reason,
    by,
    place: yaml.place(['spec', key, index]),
  }));
}

function gatherTransfer(
  { content, yaml }: SpecDocument<'Links'>,
  { transfers }: Gathered,
  { documents, findings }: CompileInput,
): void {
  const { transfer, sync } = content.spec;
  if (transfer === undefined) return;
  const { from, reason, by } = transfer;
  const place = yaml.place(['spec', 'transfer', 'from']);
  if (documents.Sync.has(from)) {
    const message =
      from === sync
        ? 'a sync cannot take over its own links'
        : `the sync "${from}" is there and keeps its links`;
    findings.error(
      'spec/links',
      place,
      message,
      'remove that sync, or move people one by one with "release"',
    );
    return;
  }
  const twice = transfers.find((other) => other.from === from);
  if (twice !== undefined) {
    findings.error('spec/links', place, `"${from}" is handed over already by ${at(twice.place)}`);
    return;
  }
  for (const other of documents.Links.values()) {
    const { spec } = other.content;
    if (spec.transfer?.from !== from || spec.sync === sync) continue;
    const message = `the links of "${from}" go to "${spec.sync}" too, by ${at(other.place)}`;
    findings.error('spec/links', place, message);
    return;
  }
  transfers.push({ from, reason, by, place });
}

/** What has been said until now, over all documents: each pair and each account once. */
class Contradictions {
  readonly #findings: CompileInput['findings'];
  /** `same` by sync and person; by target and account. */
  readonly #people = new Map<string, Decision>();
  readonly #accounts = new Map<string, { readonly sync: string; readonly decision: Decision }>();
  readonly #pairs = new Map<string, { readonly key: string; readonly place: Place }>();
  readonly #released = new Map<string, Decision>();

  constructor({ findings }: CompileInput) {
    this.#findings = findings;
  }

  ofSame(sync: string, target: string, decision: Decision): boolean {
    const { person, account } = decision;
    const earlier = this.#people.get(`${sync}\n${person}`);
    if (earlier !== undefined && earlier.account !== account) {
      return this.#refuse(
        decision,
        `person ${person} has account ${earlier.account} by ${at(earlier.place)}`,
      );
    }
    const other = this.#accounts.get(`${target}\n${account}`);
    if (other !== undefined && (other.sync !== sync || other.decision.person !== person)) {
      const whose = `person ${other.decision.person}${other.sync === sync ? '' : ` of sync ${other.sync}`}`;
      return this.#refuse(decision, `account ${account} is that of ${whose} by ${at(other.decision.place)}`);
    }
    if (!this.ofPair('same', sync, decision)) return false;
    this.#people.set(`${sync}\n${person}`, decision);
    this.#accounts.set(`${target}\n${account}`, { sync, decision });
    return true;
  }

  ofRelease(sync: string, decision: Decision): boolean {
    const earlier = this.#released.get(`${sync}\n${decision.person}`);
    if (earlier !== undefined && earlier.account !== decision.account) {
      const message = `person ${decision.person} is released from account ${earlier.account} by ${at(earlier.place)}`;
      return this.#refuse(decision, message);
    }
    if (!this.ofPair('release', sync, decision)) return false;
    this.#released.set(`${sync}\n${decision.person}`, decision);
    return true;
  }

  /** One word for each pair. */
  ofPair(key: 'same' | 'never' | 'release', sync: string, decision: Decision): boolean {
    const pair = `${sync}\n${decision.person}\n${decision.account}`;
    const earlier = this.#pairs.get(pair);
    if (earlier === undefined) {
      this.#pairs.set(pair, { key, place: decision.place });
      return true;
    }
    const said = `${decision.person} and ${decision.account} are in "${earlier.key}" in ${at(earlier.place)}`;
    return this.#refuse(decision, said);
  }

  #refuse({ place }: Decision, message: string): false {
    this.#findings.error('spec/links', place, message, 'keep one of the two');
    return false;
  }
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}

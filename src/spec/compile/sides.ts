import type { ExpressionCompiler, LookupTable } from '../../expression/expression.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import { listOf, nounOf, type Entity } from '../../model/entity.ts';
import type { Disabling } from '../../model/reading.ts';
import type { SystemKind } from '../../model/system.ts';
import type { ConnectorFacts } from '../catalog.ts';
import type { CompiledConnection } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import type { Findings } from '../findings.ts';
import { compileConnection } from './connection.ts';
import type { CompileInput } from './input.ts';
import { refer } from './references.ts';
import { knownAttributes } from './saved-fields.ts';
import type { Flow } from './via.ts';

/** Both sides of one sync: what can be read, what can be written, and the compiler for its expressions. */
export interface Sides {
  readonly source: ReadonlyMap<string, AttributeSpec>;
  readonly target: ReadonlyMap<string, AttributeSpec>;
  readonly compiler: ExpressionCompiler;
  /** What the sync may refer through: every sync of the specs. */
  readonly flow: Flow;
  readonly documents: CompileInput['documents'];
  readonly lookups: ReadonlyMap<string, LookupTable>;
  /** What kind of system the target is, where its connector says. */
  readonly into: SystemKind | undefined;
  /** What disabling does in the target, where the account does not simply stay. */
  readonly disabling: Disabling | undefined;
  readonly findings: Findings;
}

/** Connections with their attributes; one compiler for each source, as making one is not free. */
export class Connections {
  readonly compiled = new Map<string, CompiledConnection>();
  readonly #facts = new Map<string, ConnectorFacts>();
  /** By list, as are the compilers. */
  readonly #attributes = new Map<string, ReadonlyMap<string, AttributeSpec> | undefined>();
  readonly #compilers = new Map<string, ExpressionCompiler>();
  readonly #input: CompileInput;

  constructor(input: CompileInput) {
    this.#input = input;
    for (const document of input.documents.Connection.values()) {
      const made = compileConnection(document, input);
      if (made === undefined) continue;
      const { connection, facts } = made;
      this.compiled.set(document.name, connection);
      this.#facts.set(document.name, facts);
    }
    this.#reportStrayFields();
  }

  /** Undefined where a side is missing or broken; what is wrong is reported then. */
  sidesOf(sync: SpecDocument<'Sync'>): Sides | undefined {
    const { direction, entity } = sync.content.spec;
    const { from, to } = direction;
    const { findings, lookups, documents } = this.#input;
    if (from === to) {
      const at = sync.yaml.place(['spec', 'direction', 'to']);
      findings.error(
        'spec/direction',
        at,
        `"from" and "to" are both "${from}"; a sync needs two connections`,
      );
      return undefined;
    }
    const source = this.#side(sync, 'from', from);
    const target = this.#side(sync, 'to', to);
    if (source === undefined || target === undefined) return undefined;
    const compiler = this.#compiler(listOf(from, entity), source);
    const into = this.#facts.get(to)?.system;
    const disabling = this.#facts.get(to)?.disabling?.(this.compiled.get(to)?.config, entity);
    const flow = { from, to, entity };
    return { source, target, compiler, flow, documents, lookups, into, disabling, findings };
  }

  #side(
    sync: SpecDocument<'Sync'>,
    key: 'from' | 'to',
    name: string,
  ): ReadonlyMap<string, AttributeSpec> | undefined {
    const { documents, findings } = this.#input;
    const path = ['spec', 'direction', key];
    const document = refer('Connection', name, { yaml: sync.yaml, path }, documents, findings);
    const facts = this.#facts.get(name);
    if (document === undefined || facts === undefined) return undefined;
    if (!(key === 'from' ? facts.source : facts.target)) {
      const what = key === 'from' ? 'read people' : 'write accounts';
      findings.error('spec/direction', sync.yaml.place(path), `the connector ${facts.name} can't ${what}`);
      return undefined;
    }
    const { entity } = sync.content.spec;
    if (!this.#offers(sync, key, facts)) return undefined;
    const use = key === 'from' ? 'read' : 'write';
    const whyNot = facts.whyNot?.(this.compiled.get(name)?.config, entity, use);
    if (whyNot !== undefined) {
      const message = `${nounOf(entity)} of "${name}" can't be ${use === 'read' ? 'read' : 'written'}: ${whyNot}`;
      findings.error('spec/direction', sync.yaml.place(path), message);
      return undefined;
    }
    const attributes = this.#attributesOf(name, facts, entity);
    if (attributes === undefined) {
      const message = `the attributes of "${name}" are not known without asking the system`;
      const of = entity === 'person' ? '' : ` --entity ${entity}`;
      const hint = `run: rosterd connection fields ${name}${of} --save`;
      findings.error('spec/fields-unknown', sync.yaml.place(path), message, hint);
    }
    return attributes;
  }

  /** Whether this side has what the sync is to carry. */
  #offers(sync: SpecDocument<'Sync'>, key: 'from' | 'to', facts: ConnectorFacts): boolean {
    const { entity } = sync.content.spec;
    const offered = key === 'from' ? facts.entities : facts.targetEntities;
    if (offered.includes(entity)) return true;
    const verb = key === 'from' ? 'reads' : 'writes';
    const names = offered.map((one) => nounOf(one)).join(', ');
    const message = `the connector ${facts.name} ${verb} no ${nounOf(entity)}; it ${verb} ${names}`;
    const at = sync.yaml.place(['spec', 'entity']);
    this.#input.findings.error('spec/entity', at, message, `write one of ${offered.join(', ')}`);
    return false;
  }

  #attributesOf(name: string, facts: ConnectorFacts, entity: Entity) {
    const key = listOf(name, entity);
    if (!this.#attributes.has(key)) {
      const connection = this.compiled.get(name);
      const offline = facts.attributes(connection?.config, entity);
      this.#attributes.set(key, knownAttributes(offline, connection?.fields?.[entity]));
    }
    return this.#attributes.get(key);
  }

  #compiler(list: string, source: ReadonlyMap<string, AttributeSpec>): ExpressionCompiler {
    const known = this.#compilers.get(list);
    if (known !== undefined) return known;
    const environment = { source: [...source.values()], lookups: this.#input.lookups };
    const made = this.#input.createCompiler(environment);
    this.#compilers.set(list, made);
    return made;
  }

  #reportStrayFields(): void {
    const { documents, findings } = this.#input;
    for (const fields of documents.Fields.values()) {
      if (documents.Connection.has(fields.name) || documents.mayBeBroken('Connection', fields.name)) continue;
      const message = `there is no Connection "${fields.name}" that these fields belong to`;
      findings.warning('spec/unknown-reference', fields.place, message);
    }
  }
}

import type { ConfigFault, ConnectorFacts } from '../catalog.ts';
import type { CompiledConnection, RawConfig } from '../compiled.ts';
import { digestOf } from '../digest.ts';
import type { SpecDocument } from '../documents.ts';
import { durationMs } from '../duration.ts';
import { suggest } from '../suggestion.ts';
import type { CompileInput } from './input.ts';
import { compileLimits } from './limits.ts';
import { savedFields } from './saved-fields.ts';
import { compileSuspension } from './suspension.ts';

/** One connection and what its connector says about it; undefined where its faults leave nothing to work with. */
export function compileConnection(
  document: SpecDocument<'Connection'>,
  input: CompileInput,
): { readonly connection: CompiledConnection; readonly facts: ConnectorFacts } | undefined {
  const { content, yaml, name, place } = document;
  const { spec } = content;
  const facts = input.catalog.connectors.get(spec.connector);
  if (facts === undefined) {
    const known = suggest(spec.connector, input.catalog.connectors.keys());
    const at = yaml.place(['spec', 'connector']);
    input.findings.error('spec/unknown-connector', at, `there is no connector "${spec.connector}"`, known);
    return undefined;
  }
  checkAccount(document, facts, input);
  checkConsent(document, facts, input);
  const config = compileConfig(document, facts, input);
  checkCredentials(document, facts, config?.checked, input);
  if (config === undefined) return undefined;
  const fields = savedFields(name, input.documents);
  const { perMinute, concurrency } = spec.requests;
  const requests = {
    ...(perMinute === undefined ? {} : { perMinute }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
  const refreshDetailsMs = durationMs(spec.details.refresh);
  const { connector, credentials, account } = spec;
  const connection = {
    name,
    owner: content.metadata.owner,
    connector,
    config: config.checked,
    credentials,
    account,
    expiresAt: spec.expiresAt,
    suspend: compileSuspension(spec.suspend),
    limits: compileLimits(spec.limits),
    requests,
    refreshDetailsMs,
    fields,
    place,
    digest: digestOf({
      connector,
      config: config.resolved,
      credentials,
      account,
      requests,
      refreshDetailsMs,
      fields,
    }),
  };
  return { connection, facts };
}

function checkCredentials(
  { content, yaml }: SpecDocument<'Connection'>,
  facts: ConnectorFacts,
  config: unknown,
  { findings }: CompileInput,
): void {
  const given = content.spec.credentials;
  const known = facts.credentials.map((credential) => credential.name);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const at = yaml.keyPlace(['spec', 'credentials', name]);
    const message = `the connector ${facts.name} has no credential "${name}"`;
    findings.error('spec/unknown-credential', at, message, suggest(name, known));
  }
  for (const { name, required } of facts.credentials) {
    // With a config that is wrong nobody knows what it would need.
    const isNeeded = typeof required === 'boolean' ? required : config !== undefined && required(config);
    if (!isNeeded || Object.hasOwn(given, name)) continue;
    const message = `the connector ${facts.name} needs the credential "${name}"`;
    const hint = `add ${name}: { env: NAME } or { file: PATH } under credentials`;
    findings.error('spec/missing-credential', yaml.place(['spec', 'credentials']), message, hint);
  }
}

function checkAccount(
  { content, yaml }: SpecDocument<'Connection'>,
  { name, tellsAccount }: ConnectorFacts,
  { findings }: CompileInput,
): void {
  if (content.spec.account === undefined || tellsAccount !== false) return;
  const at = yaml.keyPlace(['spec', 'account']);
  const message = `the connector ${name} can't tell which account it reaches, so "account" checks nothing`;
  findings.warning('spec/no-effect', at, message);
}

/** Data passes somebody else's servers only where a person has said so, with a name that can be asked. */
function checkConsent(
  { content, yaml }: SpecDocument<'Connection'>,
  { name, subprocessor }: ConnectorFacts,
  { findings }: CompileInput,
): void {
  if (subprocessor === undefined || content.spec.subprocessor !== undefined) return;
  const message = `the connector ${name} passes people's data through ${subprocessor}: somebody has to accept that`;
  const hint =
    'add subprocessor: { acceptedBy: who@example.com, acceptedAt: 2026-11-20T09:12:00Z } under spec';
  findings.error('spec/missing-consent', yaml.place(['spec']), message, hint);
}

function compileConfig(
  { content, yaml }: SpecDocument<'Connection'>,
  facts: ConnectorFacts,
  { findings, resolveConfig }: CompileInput,
): { readonly resolved: unknown; readonly checked: unknown } | undefined {
  const written = content.spec.config as RawConfig;
  const report = (faults: readonly ConfigFault[]): undefined => {
    for (const { path, code, message, suggestion } of faults) {
      const at = ['spec', 'config', ...path];
      findings.error(
        code,
        code.includes('unknown') ? yaml.keyPlace(at) : yaml.place(at),
        message,
        suggestion,
      );
    }
  };
  const resolved = resolveConfig === undefined ? { config: written } : resolveConfig(written);
  if ('faults' in resolved) return report(resolved.faults);
  const parsed = facts.parseConfig(resolved.config);
  if ('faults' in parsed) return report(parsed.faults);
  return { resolved: resolved.config, checked: parsed.config };
}

import { capabilitiesOf, type Capabilities } from './capabilities.ts';
import type { Connector } from './connector.ts';

/** `docs/connectors/README.md`: what each connector can do, from what it declares. */
export function renderCapabilities(connectors: ReadonlyMap<string, Connector>): string {
  const declared = [...connectors.values()].map(capabilitiesOf);
  return `# Connectors

Made from what the connectors declare; \`npm run generate\` writes it, and \`rosterd connection list --output json\` prints the same. One
contract suite (\`test/contract/\`) runs over all of them, against servers on loopback that behave like the vendor: every page or no
reading, each kind of change read back as no difference, one account after a lost answer, no credential and no person's value in any
error.

| connector | system | side | carries | reads | writes | webhooks | connect | credentials |
|---|---|---|---|---|---|---|---|---|
${declared.map(rowOf).join('\n')}

*webhooks*: it knows the signatures of what the system sends to \`/hooks/CONNECTION\`. *connect*: a person lets it in with a browser, by
\`rosterd connection connect NAME\`, where the config asks for it.

People's data passes the servers of a third party, to which a spec must say who agreed (\`subprocessor\`):

${declared.flatMap(thirdParty).join('\n')}

Not tried, or not used:

${declared.map(({ name, untested }) => `- **${name}**: ${untested}`).join('\n')}

A system that is not here: [declare its API](rest.md), or [write a connector](writing-one.md).

Names of attributes, types and classes: \`rosterd connection fields NAME\`; what is missing, with the way out (of courses and enrolments with \`--entity\`):
\`rosterd connection test NAME\`.
`;
}

function rowOf(declared: Capabilities): string {
  const { name, title, source, target, carries, read, write, webhooks, connect } = declared;
  const cells = [
    `[\`${name}\`](${name}.md)`,
    title,
    source && target ? 'source, target' : source ? 'source' : 'target',
    carries,
    read,
    write,
    yesOrNo(webhooks),
    yesOrNo(connect),
    credentialsOf(declared),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function thirdParty({ name, subprocessor }: Capabilities): readonly string[] {
  return subprocessor === null ? [] : [`- **${name}**: ${subprocessor}`];
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no';
}

function credentialsOf({ credentials }: Capabilities): string {
  const names = credentials.map(
    ({ name, needed }) => `\`${name}\`${needed === 'always' ? '' : ` (${needed})`}`,
  );
  return names.length === 0 ? 'none' : names.join(', ');
}

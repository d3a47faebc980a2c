import { carriedBy, type Connector } from './connector.ts';

/** `docs/connectors/README.md`: what each connector can do, from what it declares. */
export function renderCapabilities(connectors: ReadonlyMap<string, Connector>): string {
  const rows = [...connectors.values()].map((connector) => {
    const { name, title, source, target, capabilities } = connector;
    const side = source && target ? 'source, target' : source ? 'source' : 'target';
    const cells = [
      `[\`${name}\`](${name}.md)`,
      title,
      side,
      carriedBy(connector),
      ...words(connector),
      credentialsOf(connector),
    ];
    return { line: `| ${cells.join(' | ')} |`, untested: `- **${name}**: ${capabilities.untested}` };
  });
  return `# Connectors

Made from what the connectors declare; \`npm run generate\` writes it. One contract suite (\`test/contract/\`) runs over all
of them, against servers on loopback that behave like the vendor: every page or no reading, each kind of change read back
as no difference, one account after a lost answer, no credential and no person's value in any error.

| connector | system | side | carries | reads | writes | credentials |
|---|---|---|---|---|---|---|
${rows.map((row) => row.line).join('\n')}

Not tried, or not used:

${rows.map((row) => row.untested).join('\n')}

Names of attributes, types and classes: \`rosterd connection fields NAME\`; what is missing, with the way out (of courses and enrolments with \`--entity\`):
\`rosterd connection test NAME\`.
`;
}

function words({ capabilities }: Connector): readonly string[] {
  return [capabilities.read, capabilities.write].map((text) => text.replaceAll('|', '\\|'));
}

function credentialsOf({ credentials }: Connector): string {
  const names = credentials.map(({ name, required }) => {
    const when = typeof required === 'function' ? ' (with some configs)' : required ? '' : ' (optional)';
    return `\`${name}\`${when}`;
  });
  return names.length === 0 ? 'none' : names.join(', ');
}

import { parseAllDocuments } from 'yaml';
import { restConfig, type RestConfig } from '../../../src/connectors/rest/schema.ts';
import { blocksOf } from '../../docs/shell-lines.ts';

interface Shown {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly config: Readonly<Record<string, unknown>> };
}

/** The config of a connection as the connector's page shows it, with some of its keys replaced. */
export function declaredOnPage(
  name: string,
  change: (config: Shown['spec']['config']) => object,
): RestConfig {
  const shown = blocksOf('docs/connectors/rest.md')
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as Shown))
    .find(({ metadata }) => metadata.name === name);
  if (shown === undefined) throw new Error(`the page shows no connection ${name}`);
  const { config } = shown.spec;
  return restConfig.parse({ ...config, ...change(config) });
}

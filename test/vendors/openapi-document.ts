import { Ajv, type ValidateFunction } from 'ajv';

import { isObject, standalone, type Tree } from './openapi-schema.ts';

/** A request as a vendor's server got it. */
export interface CheckedRequest {
  readonly method: string;
  /** Whole path, the base path of the document's server included or not. */
  readonly path: string;
  readonly query?: URLSearchParams;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: URLSearchParams | undefined;
}

/** Judges requests by a vendor's OpenAPI document. */
export interface OpenApiCheck {
  /** What is wrong with the request, in words without values; empty when the document allows it. */
  check(request: CheckedRequest): string[];
  /** Parts of the document that cannot be used, with the reason; requests are not judged by them. */
  readonly exceptions: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Tree;
}

interface Route {
  readonly template: string;
  readonly segments: readonly (string | RegExp)[];
  readonly variables: number;
  readonly item: Tree;
}

/** One document, parsed. */
export class Document implements OpenApiCheck {
  readonly exceptions: string[] = [];
  readonly #file: string;
  readonly #root: Tree;
  readonly #bases: readonly string[];
  readonly #routes: readonly Route[];
  readonly #ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    validateSchema: false,
    coerceTypes: 'array',
  });
  readonly #strict = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    validateSchema: false,
  });
  readonly #compiled = new Map<string, ValidateFunction | undefined>();

  constructor(file: string, root: Tree) {
    this.#file = file;
    this.#root = root;
    const servers = (root.servers ?? []) as readonly { url?: string }[];
    this.#bases = ['', ...servers.map(({ url = '' }) => basePath(url))];
    this.#routes = Object.entries((root.paths ?? {}) as Record<string, Tree>)
      .map(([template, item]) => routeOf(template, this.#deref(item)))
      .toSorted((a, b) => a.variables - b.variables);
  }

  check(request: CheckedRequest): string[] {
    const routes = this.#bases.flatMap((base) => this.#match(request.path, base));
    if (routes.length === 0) return [`${this.#file}: no such path`];
    const method = request.method.toLowerCase();
    const route = routes.find(({ item }) => isObject(item[method]));
    if (route === undefined) return [`${this.#file}: ${routes[0]?.template ?? ''} has no ${request.method}`];
    const operation = route.item[method] as Tree;
    const place = `${request.method} ${route.template}`;
    const parameters = [...list(route.item.parameters), ...list(operation.parameters)].map(
      (one) => this.#deref(one) as unknown as Parameter,
    );
    return [
      ...this.#query(place, parameters, request.query ?? new URLSearchParams()),
      ...missingHeaders(parameters, request.headers ?? {}),
      ...this.#body(place, operation, request),
    ].map((violation) => `${this.#file}: ${place}: ${violation}`);
  }

  /** The most literal template first: `/employees/attributes` before `/employees/{id}`. */
  #match(path: string, base: string): readonly Route[] {
    if (!path.startsWith(base)) return [];
    const parts = path
      .slice(base.length)
      .replace(/(.)\/$/, '$1')
      .split('/');
    return this.#routes.filter(
      ({ segments }) =>
        segments.length === parts.length &&
        segments.every((segment, n) =>
          typeof segment === 'string' ? segment === parts[n] : segment.test(parts[n] ?? ''),
        ),
    );
  }

  #query(place: string, parameters: readonly Parameter[], query: URLSearchParams): string[] {
    const declared = parameters.filter((one) => one.in === 'query');
    const wrong: string[] = [];
    for (const name of new Set(query.keys())) {
      const parameter = declared.find((one) => one.name === name || name.startsWith(`${one.name}[`));
      if (parameter === undefined) {
        if (!this.#keyNames.has(name)) wrong.push(`query parameter ${name} is unknown`);
        continue;
      }
      const { schema } = parameter;
      if (schema === undefined || parameter.name !== name) continue;
      const values = query.getAll(name);
      const data = this.#deref(schema).type === 'array' ? values : values[0];
      wrong.push(...this.#validate(`${place} ?${name}`, schema, data, true).map((one) => `?${name}${one}`));
    }
    for (const { name, required } of declared) {
      const given = [...query.keys()].some((key) => key === name || key.startsWith(`${name}[`));
      if (required === true && !given) wrong.push(`query parameter ${name} is missing`);
    }
    return wrong;
  }

  #body(place: string, operation: Tree, request: CheckedRequest): string[] {
    // What stands in the parts is the servers' own business.
    const isMultipart = request.headers?.['content-type']?.startsWith('multipart/form-data') === true;
    const given = request.json !== undefined || request.form !== undefined || isMultipart;
    if (!isObject(operation.requestBody)) return given ? ['takes no body'] : [];
    const body = this.#deref(operation.requestBody);
    if (!given) return body.required === true ? ['body is missing'] : [];
    const isForm = request.json === undefined;
    const wanted = isMultipart ? /multipart\/form-data/ : isForm ? /x-www-form-urlencoded/ : /json/;
    const contents = Object.entries((body.content ?? {}) as Record<string, Tree>);
    const content = contents.find(([type]) => wanted.test(type) || type === '*/*');
    if (content === undefined) return ['body has a media type that is not taken'];
    if (isMultipart || !isObject(content[1].schema)) return [];
    const data = request.json ?? Object.fromEntries(request.form ?? []);
    return this.#validate(`${place} ${content[0]}`, content[1].schema, data, isForm).map(
      (one) => `body${one}`,
    );
  }

  #validate(place: string, schema: Tree, data: unknown, coerce: boolean): string[] {
    if (!this.#compiled.has(place)) this.#compiled.set(place, this.#compile(place, schema, coerce));
    const validate = this.#compiled.get(place);
    if (validate === undefined || validate(data)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? 'is wrong'}`,
    );
  }

  #compile(place: string, schema: Tree, coerce: boolean): ValidateFunction | undefined {
    try {
      return (coerce ? this.#ajv : this.#strict).compile(standalone(this.#root, schema));
    } catch (error) {
      this.exceptions.push(
        `${this.#file}: ${place}: ${error instanceof Error ? error.message : String(error)}`,
      );
      return undefined;
    }
  }

  /** Names of keys that go in the query and are declared once for all operations. */
  get #keyNames(): ReadonlySet<string> {
    const { securitySchemes = {} } = (this.#root.components ?? {}) as {
      securitySchemes?: Record<string, Tree>;
    };
    const inQuery = Object.values(securitySchemes).filter((scheme) => scheme.in === 'query');
    return new Set(inQuery.map((scheme) => String(scheme.name)));
  }

  #deref(node: Tree): Tree {
    let now = node;
    for (let depth = 0; typeof now.$ref === 'string' && depth < 20; depth += 1) {
      const parts = now.$ref.replace(/^#\//, '').split('/');
      let target: unknown = this.#root;
      for (const part of parts) {
        target = isObject(target) ? target[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
      }
      if (!isObject(target)) {
        this.exceptions.push(`${this.#file}: ${now.$ref} leads nowhere`);
        return {};
      }
      now = target;
    }
    return now;
  }
}

function missingHeaders(
  parameters: readonly Parameter[],
  headers: Readonly<Record<string, string>>,
): string[] {
  return parameters
    .filter((one) => one.in === 'header' && one.required === true)
    .filter(({ name }) => !['accept', 'content-type', 'authorization'].includes(name.toLowerCase()))
    .filter(({ name }) => headers[name.toLowerCase()] === undefined)
    .map(({ name }) => `header ${name} is missing`);
}

function basePath(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/$/, '');
}

function routeOf(template: string, item: Tree): Route {
  const segments = template.split('/').map((segment) => {
    if (segment.startsWith(':')) return /./;
    if (!segment.includes('{')) return segment;
    const texts = segment.split(/\{[^}]*\}/);
    return new RegExp(`^${texts.map((text) => RegExp.escape(text)).join('.+')}$`);
  });
  return { template, item, segments, variables: segments.filter((one) => typeof one !== 'string').length };
}

function list(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? (value as readonly Tree[]) : [];
}

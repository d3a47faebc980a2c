import { execFile, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A bare repository served by git's own smart HTTP on loopback. */
export interface GitServer {
  /** `http://127.0.0.1:PORT/specs.git` */
  readonly url: string;
  /** The bare repository on disk. */
  readonly repository: string;
  /** A clone in which `push` works. */
  readonly work: string;
  /** Writes files (`null` removes one), commits them on the branch and pushes. Answers the commit. */
  push(files: Readonly<Record<string, string | null>>, options?: PushOptions): Promise<string>;
  /** Runs git in the clone. */
  git(...args: string[]): Promise<string>;
  /** From now on every request gets a page of HTML with status 200. */
  answerHtml(on: boolean): void;
  /** From now on only requests with this password (HTTP basic) are served. */
  requirePassword(password: string | undefined): void;
  /** Stops listening; what is on disk stays, and `start` brings it back under the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Requests so far, as `GET /specs.git/info/refs`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface PushOptions {
  readonly branch?: string;
  readonly message?: string;
  /** Replaces the history of the branch by this one commit. */
  readonly rewrite?: boolean;
  /** Symbolic links to add: path and target. */
  readonly links?: Readonly<Record<string, string>>;
}

export async function startGitServer(): Promise<GitServer> {
  const root = await mkdtemp(join(tmpdir(), 'rosterd-git-'));
  const repository = join(root, 'specs.git');
  const work = join(root, 'work');
  await git(root, 'init', '--quiet', '--bare', '--initial-branch=main', repository);
  await git(root, 'init', '--quiet', '--initial-branch=main', work);
  await git(work, 'remote', 'add', 'origin', repository);
  const state = { html: false, password: undefined as string | undefined, requests: [] as string[] };
  const server = createServer((request, response) => answer(root, state, request, response));
  let port = await listen(server, 0);

  return {
    get url() {
      return `http://127.0.0.1:${port}/specs.git`;
    },
    repository,
    work,
    git: (...args) => git(work, ...args),
    push: (files, options = {}) => push(work, files, options),
    answerHtml: (on) => {
      state.html = on;
    },
    requirePassword: (password) => {
      state.password = password;
    },
    requests: state.requests,
    stop: () => stop(server),
    start: async () => {
      port = await listen(server, port);
    },
    close: async () => {
      await stop(server);
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function stop(server: ReturnType<typeof createServer>): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

async function push(
  work: string,
  files: Readonly<Record<string, string | null>>,
  { branch = 'main', message = 'Change the specs', rewrite = false, links = {} }: PushOptions,
): Promise<string> {
  await git(work, 'checkout', '--quiet', ...(rewrite ? ['--orphan', `rewritten-${branch}`] : ['-B', branch]));
  for (const [path, text] of Object.entries(files)) await put(join(work, path), text);
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await symlink(target, join(work, path));
  }
  await git(work, 'add', '--all');
  await git(work, 'commit', '--quiet', '--allow-empty', '-m', message);
  if (rewrite) await git(work, 'branch', '-M', branch);
  await git(work, 'push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`);
  return (await git(work, 'rev-parse', 'HEAD')).trim();
}

async function put(file: string, text: string | null): Promise<void> {
  if (text === null) {
    await rm(file, { recursive: true, force: true });
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function git(folder: string, ...args: string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'Grace Hopper',
    GIT_AUTHOR_EMAIL: 'grace@example.com',
    GIT_COMMITTER_NAME: 'Grace Hopper',
    GIT_COMMITTER_EMAIL: 'grace@example.com',
  };
  return (await run('git', args, { cwd: folder, env })).stdout;
}

function answer(
  root: string,
  state: { html: boolean; password: string | undefined; requests: string[] },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  state.requests.push(`${request.method ?? ''} ${url.pathname}`);
  if (state.html) {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in</body></html>');
    return;
  }
  const given = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
  if (state.password !== undefined && given.slice(given.indexOf(':') + 1) !== state.password) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="specs"' }).end();
    return;
  }
  serve(root, url, request, response);
}

/** One request through `git http-backend`, which speaks CGI. */
function serve(root: string, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const env = {
    PATH: process.env['PATH'],
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    PATH_INFO: url.pathname,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    REMOTE_ADDR: '127.0.0.1',
  };
  const backend = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const parts: Buffer[] = [];
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  backend.stdout.on('data', (part: Buffer) => parts.push(part));
  backend.on('close', () => {
    const whole = Buffer.concat(parts);
    const end = whole.indexOf('\r\n\r\n');
    let status = 200;
    for (const line of whole.toString('latin1', 0, end).split('\r\n')) {
      const [name = '', value = ''] = line.split(/: (.*)/s);
      if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
      else if (name !== '') response.setHeader(name, value);
    }
    response.writeHead(status).end(whole.subarray(end + 4));
  });
}

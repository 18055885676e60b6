import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const programs = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => ['valkey-server', 'redis-server'].map((name) => join(folder, name)));

/** Valkey, or Redis, which speaks the same; undefined where this machine has neither. */
export const VALKEY = programs.find((file) => existsSync(file));

/** A cache server in a process of its own. */
export interface TestValkey {
  readonly endpoint: string;
  readonly port: number;
  /** The PEM that vouches for it; undefined without TLS. */
  readonly authority: string | undefined;
  stop(): Promise<void>;
}

/** Options of a server; without TLS and on a free port unless given. */
export interface TestValkeyOptions {
  readonly port?: number;
  /** With a token it speaks TLS alone, as ElastiCache does. */
  readonly token?: string;
}

/** Starts an empty server on 127.0.0.1. */
export async function startValkey({ port, token }: TestValkeyOptions = {}): Promise<TestValkey> {
  if (VALKEY === undefined) throw new Error('This machine has no Valkey');
  const at = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'valkey-'));
  const secured = token === undefined ? undefined : { token, ...makeCertificate(folder) };
  const server = spawn(VALKEY, ['--bind', '127.0.0.1', '--save', '', ...listening(at, secured)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await readiness(server);
  return {
    endpoint: `localhost:${at}`,
    port: at,
    authority: secured && readFileSync(secured.certificate, 'utf8'),
    async stop() {
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
  };
}

function listening(
  port: number,
  secured:
    | { readonly token: string; readonly key: string; readonly certificate: string }
    | undefined,
): readonly string[] {
  if (secured === undefined) return ['--port', String(port)];
  const { token, key, certificate } = secured;
  const tls = { port, 'cert-file': certificate, 'key-file': key, 'auth-clients': 'no' };
  const flags = Object.entries(tls).flatMap(([name, value]) => [`--tls-${name}`, String(value)]);
  return ['--port', '0', ...flags, '--requirepass', token];
}

/** A certificate of localhost that signs itself. */
function makeCertificate(folder: string): { readonly key: string; readonly certificate: string } {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '36500', ...subject, ...files],
    { stdio: 'ignore' },
  );
  return { key, certificate };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('No port');
  return address.port;
}

async function readiness(server: ChildProcess): Promise<void> {
  let said = '';
  for await (const text of server.stdout ?? []) {
    said += String(text);
    if (said.includes('eady to accept connections')) break;
  }
  if (server.exitCode !== null) throw new Error(`The server does not start: ${said}`);
  server.stdout?.resume();
}

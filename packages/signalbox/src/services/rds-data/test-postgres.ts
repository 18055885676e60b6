import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A PostgreSQL of this machine in a process of its own. */
export interface TestPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** Debian keeps them out of the PATH, a folder for each version. */
const DEBIAN = '/usr/lib/postgresql';
const debianFolders = existsSync(DEBIAN)
  ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin'))
  : [];
const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...debianFolders];

/** The folder of PostgreSQL's programs; undefined where this machine has none. */
export const POSTGRES_FOLDER = folders.find((folder) => existsSync(join(folder, 'initdb')));

/** PostgreSQL refuses to run as root: as nobody then. */
const NOBODY = 65_534;
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** Starts an empty PostgreSQL on a socket of its own. */
export async function startPostgres(): Promise<TestPostgres> {
  if (POSTGRES_FOLDER === undefined) throw new Error('This machine has no PostgreSQL');
  const folder = mkdtempSync(join(tmpdir(), 'pg-'));
  if ('uid' in identity) {
    // The folder of a test run lets nobody but its owner pass.
    if ((statSync(tmpdir()).mode & 0o777) === 0o700) chmodSync(tmpdir(), 0o711);
    chownSync(folder, NOBODY, NOBODY);
  }
  const data = join(folder, 'data');
  execFileSync(
    join(POSTGRES_FOLDER, 'initdb'),
    ['-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { stdio: 'ignore', cwd: folder, ...identity },
  );
  const server = spawn(
    join(POSTGRES_FOLDER, 'postgres'),
    ['-D', data, '-k', folder, '-F', '-c', 'listen_addresses='],
    { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder, ...identity },
  );
  await readiness(server);
  return {
    url: `postgres:///postgres?host=${folder}&user=owner`,
    async stop() {
      server.kill('SIGINT'); // at once, with the sessions that are open
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function readiness(server: ChildProcess): Promise<void> {
  let said = '';
  for await (const text of server.stderr ?? []) {
    said += String(text);
    if (said.includes('ready to accept connections')) break;
  }
  if (server.exitCode !== null) throw new Error(`PostgreSQL does not start: ${said}`);
  server.stderr?.resume();
}

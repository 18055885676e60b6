import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Reads `+ group` and `- group`. Its input ends when the rehearsal does, however that ends: then it kills the
 * groups of processes that are left, frozen ones too, and removes their temporary files.
 */
const SCRIPT = `
groups=
while read -r sign group; do
  case $sign in
    +) groups="$groups $group" ;;
    -) rest=
       for one in $groups; do [ "$one" = "$group" ] || rest="$rest $one"; done
       groups=$rest ;;
  esac
done
for one in $groups; do kill -9 -"$one"; done 2>/dev/null
rm -rf "$1"
`;

/** A folder for temporary files. */
export interface ScratchFolder {
  readonly path: string;
  remove(): void;
}

/** Ends the processes of functions when the rehearsal is gone, even by `kill -9`. */
export interface OrphanGuard {
  /** Makes a temporary folder for one execution environment. */
  makeFolder(): ScratchFolder;
  /** Watches over a group of processes until the returned function is called. */
  watch(processGroup: number): () => void;
  close(): void;
}

/**
 * Starts the guard: one `sh` in a session of its own, which neither Ctrl-C nor the end of our group of
 * processes reaches.
 */
export function startOrphanGuard(): OrphanGuard {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-functions-'));
  const shell = startShell(folder);
  let folders = 0;
  const write = (line: string): void => {
    if (shell.stdin?.writable === true) shell.stdin.write(`${line}\n`);
  };
  return {
    makeFolder() {
      folders += 1;
      const path = join(folder, String(folders));
      mkdirSync(path);
      return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
    },
    watch(processGroup) {
      write(`+ ${processGroup}`);
      return () => write(`- ${processGroup}`);
    },
    close() {
      shell.stdin?.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startShell(folder: string): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'signalbox-guard', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  // Without a shell nothing is guarded, and everything else goes on; nor does the guard keep us alive.
  shell.on('error', () => undefined);
  shell.stdin?.on('error', () => undefined);
  shell.unref();
  if (shell.stdin !== null && 'unref' in shell.stdin && typeof shell.stdin.unref === 'function') {
    shell.stdin.unref();
  }
  return shell;
}

import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COPIED = [
  'template.yaml',
  'stacks',
  'samconfig.toml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'statemachines',
  'functions',
  'events',
  'scenarios',
  'rehearsal',
  // With their times kept, the builds of unchanged functions are taken as they are.
  '.signalbox/functions',
  // Parsed once for all copies.
  '.signalbox/documents.ts',
  '.signalbox/documents.js',
];

/** A copy of this project for a test to change. */
export interface ProjectCopy {
  readonly root: string;
  /** Writes a file of it anew. */
  write(file: string, text: string): void;
  /** Replaces the first occurrence of a text in a file. @throws {RangeError} When it has none. */
  edit(file: string, from: string, to: string): void;
  /** Writes a changed text beside a file and renames it into place, as many editors do. */
  replace(file: string, change: (text: string) => string): void;
  /** Takes every edit back. */
  undo(): void;
  /** The 1-based line on which a text first stands in a file. */
  lineOf(file: string, text: string): number;
  remove(): void;
}

/** Copies what the rehearsal runs into a temporary directory. */
export function copyProject(): ProjectCopy {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-project-')));
  for (const name of COPIED.filter((path) => existsSync(path))) {
    cpSync(name, join(root, name), { recursive: true, preserveTimestamps: true });
  }
  for (const name of ['node_modules', 'packages']) {
    symlinkSync(join(process.cwd(), name), join(root, name));
  }
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
  /** The texts of edited files as they were before. */
  const unedited = new Map<string, string>();
  return {
    root,
    write,
    edit(file, from, to) {
      const text = read(file);
      if (!text.includes(from)) throw new RangeError(`${file} has no "${from}"`);
      if (!unedited.has(file)) unedited.set(file, text);
      write(
        file,
        text.replace(from, () => to),
      );
    },
    replace(file, change) {
      const draft = join(root, `${file}.draft`);
      writeFileSync(draft, change(read(file)));
      renameSync(draft, join(root, file));
    },
    undo() {
      for (const [file, text] of unedited) write(file, text);
      unedited.clear();
    },
    lineOf: (file, text) => read(file).slice(0, read(file).indexOf(text)).split('\n').length,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

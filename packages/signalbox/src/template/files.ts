import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import type { SourcePlace } from './app.ts';
import type { Report } from './report.ts';

/** The project's files as a template names them. */
export class Files {
  readonly #root: string;
  readonly #directory: string;
  readonly #report: Report;
  readonly #sources: Set<string>;

  /** `directory` is the template's own, relative to the root: its paths are relative to it. */
  constructor(root: string, directory: string, report: Report, sources = new Set<string>()) {
    this.#sources = sources;
    this.#root = root;
    this.#directory = directory;
    this.#report = report;
  }

  /** The same project as a template in another directory names it. */
  in(directory: string): Files {
    return new Files(this.#root, directory, this.#report, this.#sources);
  }

  /** Every file that was read, relative to the root. */
  get sources(): readonly string[] {
    return [...this.#sources];
  }

  /** A path of the template's, relative to the root. */
  relative(path: string): string {
    return posix.normalize(posix.join(this.#directory, path)).replace(/(.)\/$/, '$1');
  }

  /** Reads a file named relative to the root; undefined when reported. */
  read(file: string, place: SourcePlace | undefined): string | undefined {
    this.#sources.add(file);
    try {
      return readFileSync(posix.join(this.#root, file), 'utf8');
    } catch {
      const message = `${file} cannot be read: there is no such file`;
      if (place === undefined) this.#report.add({ file, message });
      else this.#report.at(place, message);
      return undefined;
    }
  }

  /** Returns whether a directory's package.json makes its `.js` files modules, by the Node.js runtime's rules. */
  isModule(directory: string): boolean {
    const file = posix.join(this.#root, directory, 'package.json');
    if (!existsSync(file)) return false;
    return /"type"\s*:\s*"module"/.test(readFileSync(file, 'utf8'));
  }

  isFile(file: string): boolean {
    return statSync(posix.join(this.#root, file), { throwIfNoEntry: false })?.isFile() ?? false;
  }

  isDirectory(file: string): boolean {
    return (
      statSync(posix.join(this.#root, file), { throwIfNoEntry: false })?.isDirectory() ?? false
    );
  }
}

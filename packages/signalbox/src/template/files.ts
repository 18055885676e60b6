import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { isJsonObject, parseJson } from '../core/json.ts';
import type { SourcePlace } from './app.ts';
import type { Documents } from './document/documents.ts';
import type { Report } from './report.ts';

/** The project's files as a template names them. */
export class Files {
  readonly #root: string;
  readonly #directory: string;
  readonly #report: Report;
  readonly #sources: Set<string>;
  /** Parses what the files say. */
  readonly documents: Documents;

  /** `directory` is the template's own, relative to the root: its paths are relative to it. */
  constructor(
    root: string,
    directory: string,
    report: Report,
    documents: Documents,
    sources = new Set<string>(),
  ) {
    this.documents = documents;
    this.#sources = sources;
    this.#root = root;
    this.#directory = directory;
    this.#report = report;
  }

  /** The same project as a template in another directory names it. */
  in(directory: string): Files {
    return new Files(this.#root, directory, this.#report, this.documents, this.#sources);
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

  /**
   * The file or directory of an object that is uploaded at deployment, by its key: the asset of `cdk synth`
   * that has the key's hash, or what a package left under the key; undefined where it is not here.
   */
  asset(key: string): string | undefined {
    const name = posix.basename(key);
    const hash = name.replace(/\.\w+$/, '');
    const listed = this.#assets().get(hash);
    const names = [`asset.${hash}`, `asset.${name}`, name, key];
    return (listed === undefined ? names : [listed])
      .map((one) => this.relative(one))
      .find((path) => this.isDirectory(path) || this.isFile(path));
  }

  /** The paths of the assets that the manifests of `cdk synth` beside the template list, by their hash. */
  #assets(): ReadonlyMap<string, string> {
    const directory = posix.join(this.#root, this.#directory);
    const manifests = readdirSync(directory).filter((name) => name.endsWith('.assets.json'));
    return new Map(
      manifests.flatMap((name) => {
        const json = parseJson(readFileSync(posix.join(directory, name), 'utf8'));
        const files = isJsonObject(json) ? json['files'] : undefined;
        if (!isJsonObject(files)) return [];
        return Object.entries(files).flatMap(([hash, file]): [string, string][] => {
          const source = isJsonObject(file) ? file['source'] : undefined;
          const path = isJsonObject(source) ? source['path'] : undefined;
          return typeof path === 'string' ? [[hash, path]] : [];
        });
      }),
    );
  }

  /** A file of the same folder whose name differs in case alone, as some systems find it; undefined where there is none. */
  inOtherCase(file: string): string | undefined {
    const directory = posix.dirname(file);
    if (!this.isDirectory(directory)) return undefined;
    const wanted = posix.basename(file).toLowerCase();
    const found = readdirSync(posix.join(this.#root, directory)).find(
      (name) => name.toLowerCase() === wanted,
    );
    return found === undefined ? undefined : posix.join(directory, found);
  }

  /** Returns whether a directory is what a build made: the code in it runs as it stands. */
  isBuilt(directory: string): boolean {
    return /[\\/](\.aws-sam[\\/]build|cdk\.out|\.serverless)[\\/]/.test(
      posix.join(this.#root, directory, '/'),
    );
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

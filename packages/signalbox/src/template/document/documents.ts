import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Report } from '../report.ts';
import type { Node } from './node.ts';
import { parseDocument, type Source } from './parse-document.ts';

/** More than the documents of a large project, so that two ways to start it don't crowd each other out. */
const MAX_KEPT = 200;

/** What texts were parsed to, by their digests, and the parser that did it. */
interface Kept {
  readonly parser: string;
  readonly documents: Map<string, Uint8Array>;
}

/** Parses documents, and keeps them in a file: to parse YAML takes twenty times as long as to read that. */
export class Documents {
  readonly #file: string | undefined;
  readonly #documents: Map<string, Uint8Array>;
  #hasNew = false;

  /** @param file An absolute path; nothing is kept unless given. */
  constructor(file?: string) {
    this.#file = file;
    this.#documents = file === undefined ? new Map() : readKept(file);
  }

  /** Parses a text, or takes what it was parsed to before; undefined when it does not parse. */
  parse(source: Source, report: Report): Node | undefined {
    const key = digestOf(source);
    const kept = this.#documents.get(key);
    if (kept !== undefined) {
      this.#hold(key, kept);
      return deserialize(kept);
    }
    const heard = report.heard;
    const node = parseDocument(source, report);
    // A document with a mistake is parsed each time, so that the mistake is reported each time.
    if (this.#file !== undefined && node !== undefined && report.heard === heard) {
      this.#hold(key, serialize(node));
      this.#hasNew = true;
    }
    return node;
  }

  /** Writes the documents for the next process. Where that can't be done, it parses them again. */
  keep(): void {
    if (this.#file === undefined || !this.#hasNew) return;
    const draft = `${this.#file}.${process.pid}.draft`;
    const kept: Kept = {
      parser: parserStamp(),
      documents: new Map([...this.#documents].slice(-MAX_KEPT)),
    };
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(draft, serialize(kept));
      renameSync(draft, this.#file);
    } catch {
      // A folder that is full or read-only: whatever has to be written will say so.
    }
  }

  /** Documents that were used last stand last. */
  #hold(key: string, document: Uint8Array): void {
    this.#documents.delete(key);
    this.#documents.set(key, document);
  }
}

function readKept(file: string): Map<string, Uint8Array> {
  try {
    const kept: Kept = deserialize(readFileSync(file));
    if (kept.parser === parserStamp()) return kept.documents;
  } catch {
    // None, or one that another version of Node.js wrote.
  }
  return new Map();
}

/** Changes whenever the parser does: it stands in this folder, as sources or as bundles. */
function parserStamp(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const stamps = readdirSync(folder).map((name) => {
    const { mtimeMs, size } = statSync(join(folder, name));
    return `${name} ${mtimeMs} ${size}`;
  });
  return [process.version, ...stamps].join('\n');
}

function digestOf({ file, text, dialect }: Source): string {
  return createHash('sha256')
    .update(JSON.stringify([file, dialect, text]))
    .digest('base64');
}

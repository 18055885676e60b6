import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Maps the stack traces of errors to the TypeScript sources, as `--enable-source-maps` does. That
 * option reads every map when its module is loaded, a dozen megabytes for each worker; this reads
 * it when a stack is looked at, and lets it go when memory is short.
 */
export function mapStackTraces(): void {
  const maps = new Map<string, WeakRef<SourceMap>>();
  Error.prepareStackTrace = (error, callSites) => {
    const frames = callSites.map((site) => `\n    at ${toFrame(site, maps)}`);
    return `${headerOf(error)}${frames.join('')}`;
  };
}

function headerOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

function toFrame(site: NodeJS.CallSite, maps: Map<string, WeakRef<SourceMap>>): string {
  const frame = String(site);
  const file = site.getFileName();
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (!file || line === null || column === null) return frame;
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const entry = readMap(path, maps)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return frame;
  const source = resolve(dirname(path), entry.originalSource);
  const original = `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  return frame.replace(`${file}:${line}:${column}`, original);
}

function readMap(path: string, maps: Map<string, WeakRef<SourceMap>>): SourceMap | undefined {
  const known = maps.get(path)?.deref();
  if (known !== undefined) return known;
  const file = `${path}.map`;
  if (!existsSync(file)) return undefined;
  const map = new SourceMap(JSON.parse(readFileSync(file, 'utf8')));
  maps.set(path, new WeakRef(map));
  return map;
}

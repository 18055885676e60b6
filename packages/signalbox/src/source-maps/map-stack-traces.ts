import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BundleSourceMap } from './source-map.ts';

/**
 * Maps the stack traces of errors to the TypeScript sources, as `--enable-source-maps` does. That
 * option reads every map when its module is loaded, a dozen megabytes for each worker and for the tool
 * itself; this reads it when a stack is looked at, and lets it go when memory is short.
 */
export function mapStackTraces(): void {
  const maps = new Map<string, WeakRef<BundleSourceMap>>();
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

function toFrame(site: NodeJS.CallSite, maps: Map<string, WeakRef<BundleSourceMap>>): string {
  const frame = String(site);
  const file = site.getFileName();
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (!file || line === null || column === null) return frame;
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const entry = readMap(path, maps)?.find(line, column);
  if (entry === undefined) return frame;
  const original = `${resolve(dirname(path), entry.source)}:${entry.line}:${entry.column}`;
  return frame.replace(`${file}:${line}:${column}`, original);
}

function readMap(
  path: string,
  maps: Map<string, WeakRef<BundleSourceMap>>,
): BundleSourceMap | undefined {
  const known = maps.get(path)?.deref();
  if (known !== undefined) return known;
  const file = `${path}.map`;
  if (!existsSync(file)) return undefined;
  const map = new BundleSourceMap(readFileSync(file, 'utf8'));
  maps.set(path, new WeakRef(map));
  return map;
}

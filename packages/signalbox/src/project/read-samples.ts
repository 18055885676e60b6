import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseJson } from '../core/json.ts';
import type { Sample } from '../core/sample.ts';
import { readProjectConfig } from './project-config.ts';

/**
 * Reads the samples of a project: the JSON files of its folder of samples, `events` unless its settings name
 * another. Schemas are none, and a file that is no JSON is left out.
 */
export function readSamples(root: string): readonly Sample[] {
  const config = readProjectConfig(root);
  const folder = config.ok ? config.value.samples : undefined;
  if (folder === undefined || !existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
    .sort()
    .flatMap((file) => {
      const path = join(folder, file);
      const text = readFileSync(join(root, path), 'utf8');
      const value = parseJson(text);
      return value === undefined ? [] : [{ name: basename(file, '.json'), path, text, value }];
    });
}

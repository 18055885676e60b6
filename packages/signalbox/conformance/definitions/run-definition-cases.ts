import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parsePayload } from '../../src/core/json.ts';
import { withinTime } from '../within-time.ts';
import type { DefinitionCase } from './definition-case.ts';
import { definitionDifference, runDefinitionCase } from './run-definition-case.ts';

/** The number of cases, and what differs by the case's id. */
export interface DefinitionReport {
  readonly total: number;
  readonly differences: ReadonlyMap<string, string>;
}

/** Plays the cases of a file, or of every file of a folder that holds such cases. */
export async function runDefinitionCases(place: string, only: string): Promise<DefinitionReport> {
  const files = statSync(place).isDirectory()
    ? readdirSync(place)
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(place, name))
    : [place];
  const cases = files.flatMap(casesIn).filter(({ id }) => id.includes(only));
  const differences = new Map<string, string>();
  for (const own of cases) {
    const difference = await differenceOf(own);
    if (difference !== undefined) differences.set(own.id, difference);
  }
  return { total: cases.length, differences };
}

const MAX_CASE_MS = 10_000;

/** A case that never ends differs, and the others go on. */
async function differenceOf(own: DefinitionCase): Promise<string | undefined> {
  try {
    const played = runDefinitionCase(own).then((seen) => definitionDifference(seen, own.expected));
    return await withinTime(played, MAX_CASE_MS, () => 'never ends');
  } catch (error) {
    return error instanceof Error ? String(error.stack) : 'threw';
  }
}

function casesIn(file: string): readonly DefinitionCase[] {
  const list = parsePayload(readFileSync(file, 'utf8'));
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  return items.filter(isDefinitionCase);
}

function isDefinitionCase(value: unknown): value is DefinitionCase {
  const item: unknown = value;
  return (
    typeof item === 'object' &&
    item !== null &&
    ['id', 'type', 'definition', 'input', 'expected'].every((name) => name in item) &&
    'expected' in item &&
    typeof item.expected === 'object'
  );
}

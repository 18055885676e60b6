import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile, UserError } from 'signalbox';
import * as v from 'valibot';
import { type DrillResult, DrillResultSchema } from './drill-result.ts';

/** The folder of the results, relative to the project's root. */
export const DRILLS_DIRECTORY = '.signalbox/drills';

/**
 * Reads the results that are kept, oldest first.
 * @throws {UserError} When a file there is none, naming it and the field.
 */
export function readDrills(root: string): readonly DrillResult[] {
  const directory = join(root, DRILLS_DIRECTORY);
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const parsed = v.safeParse(DrillResultSchema, readJsonFile(join(directory, file)));
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    const where = v.getDotPath(issue) ?? '';
    throw new UserError('invalid', `${DRILLS_DIRECTORY}/${file}: ${where}: ${issue.message}`);
  });
}

/** Keeps a result; returns its file, relative to the root. */
export function keepDrill(root: string, result: DrillResult): string {
  const time = result.ranAt.replaceAll(/[:.]/g, '-');
  const file = join(DRILLS_DIRECTORY, `${time}-${result.scenario}.json`);
  mkdirSync(join(root, DRILLS_DIRECTORY), { recursive: true });
  writeFileSync(join(root, file), `${JSON.stringify(result, null, 2)}\n`);
  return file;
}

/** The newest of some results that is of the same scenario and kind. */
export function lastLike(
  drills: readonly DrillResult[],
  { scenario, kind }: Pick<DrillResult, 'scenario' | 'kind'>,
): DrillResult | undefined {
  return drills.findLast((one) => one.scenario === scenario && one.kind === kind);
}

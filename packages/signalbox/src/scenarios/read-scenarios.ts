import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../core/result.ts';
import { invalid } from '../core/user-error.ts';
import { readProjectConfig } from '../project/project-config.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioExtension } from './scenario-extension.ts';

/**
 * Reads scenarios in their order.
 * @param extensions What the project's plug-ins add to the fields of the files.
 * @param files Files, or folders of files, relative to the root; none for every JSON file in a folder
 * of `scenarios/`, or of the folder that package.json names. A project without one has none.
 * @throws {UserError} With all that is wrong with the files, each with file, line and field.
 */
export function readScenarios(
  root: string,
  extensions: readonly ScenarioExtension[] = [],
  files: readonly string[] = [],
): readonly Scenario[] {
  const problems: Problem[] = [];
  const scenarios: Scenario[] = [];
  for (const file of files.length > 0 ? files.flatMap((one) => named(root, one)) : filesIn(root)) {
    const parsed = parseScenario(root, file, extensions);
    if (parsed.ok) scenarios.push(parsed.value);
    else problems.push(...parsed.problems);
  }
  if (problems.length > 0) throw invalid(problems);
  return scenarios.sort((a, b) => a.order - b.order || (a.file < b.file ? -1 : 1));
}

/** Files in `<folder>/<domain>/`; what lies deeper, or in the folder itself, is data of theirs. */
function filesIn(root: string): readonly string[] {
  const config = readProjectConfig(root);
  if (!config.ok) throw invalid(config.problems);
  const { scenarios } = config.value;
  if (scenarios === undefined) return [];
  const folders = readdirSync(join(root, scenarios), { withFileTypes: true });
  return folders
    .filter((folder) => folder.isDirectory())
    .flatMap(({ name }) => filesOf(root, join(scenarios, name)));
}

/** The files that a path names: itself, or those in the folder that it is. */
function named(root: string, path: string): readonly string[] {
  const isFolder = statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? filesOf(root, path) : [path];
}

function filesOf(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => join(folder, file));
}

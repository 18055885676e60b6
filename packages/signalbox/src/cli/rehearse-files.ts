import { readScenarios } from '../scenarios/read-scenarios.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Session } from './session.ts';

/**
 * Reads scenarios with what the project's plug-ins add to their fields.
 * @param files Paths relative to the project's root; none for all of `scenarios/`.
 * @throws {UserError} With all that is wrong with the files.
 */
export async function readScenariosOf(
  session: Session,
  files: readonly string[] = [],
): Promise<readonly Scenario[]> {
  const plugins = await session.plugins();
  const extensions = await Promise.all(plugins.flatMap(({ scenarios }) => scenarios?.() ?? []));
  return readScenarios(session.project.root, extensions, files);
}

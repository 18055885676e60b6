import { difference, jsonText } from '../difference.ts';
import { JsonRecord } from '../json-value.ts';
import { expectationKind } from '../scenario-extension.ts';
import { valueAt } from '../value-at.ts';

/** Values of simulated resources in the end, at paths such as `rds.regions.us-east-1.clusters.main.status`. */
export const resources = expectationKind(JsonRecord, async (expected, { stage }) => async () => {
  const shown = stage.simulatedResources.show() ?? {};
  const found = Object.fromEntries(
    Object.keys(expected).map((path) => [path, valueAt(shown, path)]),
  );
  const differences = Object.entries(expected).flatMap(([path, value]) =>
    difference(path, jsonText(value), jsonText(found[path] ?? null)),
  );
  return { found, differences };
});

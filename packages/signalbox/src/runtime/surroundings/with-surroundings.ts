import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { App } from '../../template/app.ts';
import { withBills } from './bills.ts';
import { withDatabases } from './databases.ts';
import { withDns } from './dns.ts';
import { withScalingGroups } from './scaling-groups.ts';

/** The services that are seeded from the template too. */
export const SEEDED_PARTS: readonly string[] = ['rds', 'auto-scaling', 'route-53', 'costs'];

/**
 * Adds the template's own surroundings to the sections of the file of simulated resources, so that what
 * would be deployed is what fails over, is audited and is paid for. On the same name the template wins.
 * Its buckets are there without this: they are the app's own.
 * @throws {UserError} Where the template needs something beside it that the file does not have.
 */
export function withSurroundings(sections: JsonObject, app: App): JsonObject {
  const { region, surroundings } = app;
  if (surroundings.length === 0) return sections;
  const added: Readonly<Record<string, (section: JsonObject) => JsonObject>> = {
    rds: (section) => withDatabases(section, region, surroundings),
    'auto-scaling': (section) => withScalingGroups(section, region, surroundings),
    'route-53': (section) => withDns(section, surroundings),
    costs: (section) => withBills(section, app),
  };
  const merged: Record<string, Json> = { ...sections };
  for (const [name, add] of Object.entries(added)) {
    const section = sections[name] ?? {};
    // What is no object is left to the service, which says so.
    if (isJsonObject(section)) merged[name] = add(section);
  }
  return merged;
}

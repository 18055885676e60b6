import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { App } from '../../template/app.ts';
import type { Surrounding } from '../../template/surrounding.ts';
import { CACHE_NODES, DATABASE_INSTANCES, FLAT, HOURS, SERVERS } from './list-prices.ts';
import { listIn } from './section-lists.ts';

const USUAL_MONTHS = 14;

/** One line of a bill: US dollars a month at list price. */
interface Line {
  readonly service: string;
  readonly usageType: string;
  readonly monthly: number;
}

/**
 * Adds what the template's surroundings cost a month at list price to the section `costs`, as if they
 * had always been there. What has no price here, or one by use, adds nothing.
 */
export function withBills(section: JsonObject, app: App): JsonObject {
  const lines = [...flatLines(app), ...app.surroundings.flatMap(lineOf)];
  if (lines.length === 0) return section;
  const { accounts = { [app.accountId]: app.stackName }, months = USUAL_MONTHS } = section;
  const rows = summed(lines).map(({ service, usageType, monthly }) => ({
    service,
    region: app.region,
    usageType,
    tags: { 'aws:cloudformation:stack-name': app.stackName },
    monthly: Array.from({ length: Number(months) }, () => monthly.toFixed(2)),
  }));
  const known = isJsonObject(accounts) ? accounts : {};
  return { ...section, accounts: known, months, rows: [...listIn(section, 'rows'), ...rows] };
}

function flatLines(app: App): readonly Line[] {
  return app.resources.flatMap(({ type }) => {
    const price = FLAT[type];
    return price === undefined ? [] : [price];
  });
}

function lineOf(one: Surrounding): readonly Line[] {
  switch (one.kind) {
    case 'database-instance':
      return line('Amazon Relational Database Service', `InstanceUsage:${one.instanceClass}`, {
        hourly: DATABASE_INSTANCES[one.instanceClass],
        count: 1,
      });
    case 'scaling-group':
      return line('Amazon Elastic Compute Cloud - Compute', `BoxUsage:${one.instanceType}`, {
        hourly: SERVERS[one.instanceType ?? ''],
        count: one.desiredCapacity ?? one.minSize,
      });
    case 'cache-group':
      return line('Amazon ElastiCache', `NodeUsage:${one.nodeType}`, {
        hourly: CACHE_NODES[one.nodeType],
        count: one.nodes,
      });
    default:
      return [];
  }
}

function line(
  service: string,
  usageType: string,
  { hourly, count }: { readonly hourly: number | undefined; readonly count: number },
): readonly Line[] {
  return hourly === undefined ? [] : [{ service, usageType, monthly: hourly * count * HOURS }];
}

function summed(lines: readonly Line[]): readonly Line[] {
  const byUse = new Map<string, Line>();
  for (const one of lines) {
    const key = JSON.stringify([one.service, one.usageType]);
    const monthly = (byUse.get(key)?.monthly ?? 0) + one.monthly;
    byUse.set(key, { ...one, monthly });
  }
  return [...byUse.values()];
}

import type { Json } from '../../core/json.ts';
import { type Fields, readSection } from '../section-fields.ts';
import type { Group, GroupSettings } from './group/group.ts';
import { GROUP_METRICS } from './group/group-metrics.ts';
import type { GroupStore } from './group/group-store.ts';
import { instanceIdOf } from './scaling/launch.ts';

/** A group as the file of simulated resources describes it. */
interface SeededGroup {
  readonly region: string;
  readonly settings: GroupSettings;
}

/**
 * Reads the groups of the file of simulated resources, which lists them by Region.
 * @throws {UserError} With everything that is wrong with it.
 */
export function readGroups(part: string, section: Json): readonly SeededGroup[] {
  return readSection(part, section, (regions) =>
    regions.lists((fields, region) => ({ region, settings: readGroup(fields) })),
  );
}

function readGroup(fields: Fields): GroupSettings {
  const min = fields.whole('minSize', 0);
  const max = fields.whole('maxSize', min);
  const desired = fields.whole('desiredCapacity', min, min);
  if (desired > max) fields.wrong(`Expected maxSize (${max}) or less`, 'desiredCapacity');
  const zones = fields.texts('availabilityZones');
  if (zones.length === 0) fields.wrong('Expected one zone or more', 'availabilityZones');
  const name = fields.text('name');
  return {
    name,
    min,
    max,
    desired,
    zones,
    subnetIds: fields.texts('subnetIds', []),
    instanceType: fields.text('instanceType', 't3.large'),
    launchTemplate: {
      id: fields.text('launchTemplateId', 'lt-0123456789abcdef0'),
      name: fields.text('launchTemplateName', name),
      version: fields.text('launchTemplateVersion', '1'),
    },
    cooldownSeconds: fields.whole('defaultCooldownSeconds', 0, 300),
    healthCheckType: fields.oneOf('healthCheckType', ['EC2', 'ELB'], 'ELB'),
    gracePeriodSeconds: fields.whole('healthCheckGracePeriodSeconds', 0, 0),
    tags: fields.list('tags', (tag) => ({ key: tag.text('key'), value: tag.text('value') })),
  };
}

/** Adds a group that has long had all its instances and reports all its metrics. */
export function addSeeded(
  store: GroupStore,
  { region, settings }: SeededGroup,
  now: Date,
  uuid: () => string,
): Group {
  const group = store.add(region, settings, now, uuid());
  for (const metric of GROUP_METRICS) group.enabledMetrics.add(metric);
  for (let i = 0; i < settings.desired; i += 1) {
    const id = instanceIdOf(uuid());
    group.instances.set(id, {
      id,
      zone: settings.zones[i % settings.zones.length] ?? '',
      launchedAtMs: now.getTime() - LAUNCHED_BEFORE_MS + i,
      state: 'InService',
      unhealthyCause: undefined,
      timer: undefined,
    });
  }
  return group;
}

const LAUNCHED_BEFORE_MS = 86_400_000;

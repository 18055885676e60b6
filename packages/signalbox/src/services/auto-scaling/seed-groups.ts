import * as v from 'valibot';
import type { Json } from '../../core/json.ts';
import { readSection } from '../../core/schema/read-section.ts';
import { fields, listOf, mapOf, oneOf, Text, whole } from '../../core/schema/schema.ts';
import type { Group, GroupSettings } from './group/group.ts';
import { GROUP_METRICS } from './group/group-metrics.ts';
import type { GroupStore } from './group/group-store.ts';
import { instanceIdOf } from './scaling/launch.ts';

/** A group as the file of simulated resources describes it. */
interface SeededGroup {
  readonly region: string;
  readonly settings: GroupSettings;
}

const GroupSection = v.pipe(
  fields({
    name: Text,
    minSize: whole(0),
    maxSize: whole(0),
    desiredCapacity: v.optional(whole(0)),
    availabilityZones: v.pipe(listOf(Text), v.minLength(1, 'Write one zone or more')),
    subnetIds: v.optional(listOf(Text), []),
    instanceType: v.optional(Text, 't3.large'),
    launchTemplateId: v.optional(Text, 'lt-0123456789abcdef0'),
    launchTemplateName: v.optional(Text),
    launchTemplateVersion: v.optional(Text, '1'),
    defaultCooldownSeconds: v.optional(whole(0), 300),
    healthCheckType: v.optional(oneOf(['EC2', 'ELB']), 'ELB'),
    healthCheckGracePeriodSeconds: v.optional(whole(0), 0),
    tags: v.optional(listOf(fields({ key: Text, value: Text })), []),
  }),
  v.forward(
    v.check(({ minSize, maxSize }) => maxSize >= minSize, 'Write minSize or more'),
    ['maxSize'],
  ),
  v.forward(
    v.check(
      ({ minSize, maxSize, desiredCapacity: desired = minSize }) =>
        desired >= minSize && desired <= maxSize,
      'Write a number from minSize to maxSize',
    ),
    ['desiredCapacity'],
  ),
);

/**
 * Reads the groups of the file of simulated resources, which lists them by Region.
 * @throws {UserError} With everything that is wrong with it.
 */
export function readGroups(part: string, section: Json): readonly SeededGroup[] {
  const regions = readSection(part, section, mapOf(listOf(GroupSection)));
  return Object.entries(regions).flatMap(([region, groups]) =>
    groups.map((group) => ({ region, settings: settingsOf(group) })),
  );
}

function settingsOf(group: v.InferOutput<typeof GroupSection>): GroupSettings {
  return {
    name: group.name,
    min: group.minSize,
    max: group.maxSize,
    desired: group.desiredCapacity ?? group.minSize,
    zones: group.availabilityZones,
    subnetIds: group.subnetIds,
    instanceType: group.instanceType,
    launchTemplate: {
      id: group.launchTemplateId,
      name: group.launchTemplateName ?? group.name,
      version: group.launchTemplateVersion,
    },
    cooldownSeconds: group.defaultCooldownSeconds,
    healthCheckType: group.healthCheckType,
    gracePeriodSeconds: group.healthCheckGracePeriodSeconds,
    tags: group.tags,
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

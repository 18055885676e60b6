import type { JsonObject } from '../../core/json.ts';
import type { ScalingGroup, Surrounding } from '../../template/surrounding.ts';
import { listIn, mergedList, said } from './section-lists.ts';

/** Adds the template's Auto Scaling groups to the section `auto-scaling`. */
export function withScalingGroups(
  section: JsonObject,
  region: string,
  surroundings: readonly Surrounding[],
): JsonObject {
  const groups = surroundings.filter((one): one is ScalingGroup => one.kind === 'scaling-group');
  if (groups.length === 0) return section;
  const made = groups.map((group) => groupSection(group, region, surroundings));
  return { ...section, [region]: mergedList(listIn(section, region), made, ['name']) };
}

function groupSection(
  group: ScalingGroup,
  region: string,
  surroundings: readonly Surrounding[],
): JsonObject {
  const { name, minSize, maxSize, desiredCapacity, subnetIds, instanceType, tags } = group;
  const zones = surroundings.flatMap((one) =>
    one.kind === 'subnet' && subnetIds.includes(one.id) ? one.availabilityZone : [],
  );
  const { healthCheckType, launchTemplateId, availabilityZones, cooldownSeconds } = group;
  return said({
    name,
    minSize,
    maxSize,
    desiredCapacity,
    subnetIds,
    // Subnets of another stack have zones that nobody here knows: two, as most networks have.
    availabilityZones: [[...availabilityZones], zones, [`${region}a`, `${region}b`]].find(
      (found) => found.length > 0,
    ),
    instanceType,
    launchTemplateId,
    defaultCooldownSeconds: cooldownSeconds,
    healthCheckType: healthCheckType === 'ELB' ? 'ELB' : 'EC2',
    tags,
  });
}

import { groupNotFound } from '../auto-scaling-errors.ts';
import { keyOf } from '../scaling/scaling-context.ts';
import { type Group, type GroupInstance, type GroupSettings, still } from './group.ts';

/** The groups of all Regions. */
export class GroupStore {
  readonly #groups = new Map<string, Group>();
  readonly #accountId: string;

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  find(region: string, name: string | undefined): Group | undefined {
    return this.#groups.get(keyOf({ region, name: name ?? '' }));
  }

  /** @throws {AwsError} `ValidationError`. */
  get(region: string, name: string | undefined): Group {
    const group = this.find(region, name);
    if (group === undefined) throw groupNotFound(name);
    return group;
  }

  /** A group and one of its instances; undefined where nobody has it. */
  ofInstance(
    region: string,
    id: string | undefined,
  ): { readonly group: Group; readonly instance: GroupInstance } | undefined {
    for (const group of this.inRegion(region)) {
      const instance = group.instances.get(id ?? '');
      if (instance !== undefined) return { group, instance };
    }
    return undefined;
  }

  /** A Region's groups by name. */
  inRegion(region: string): readonly Group[] {
    return this.all().filter((group) => group.region === region);
  }

  all(): readonly Group[] {
    return [...this.#groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  add(region: string, settings: GroupSettings, createdAt: Date, uuid: string): Group {
    const group: Group = {
      ...settings,
      region,
      arn: `arn:aws:autoscaling:${region}:${this.#accountId}:autoScalingGroup:${uuid}:autoScalingGroupName/${settings.name}`,
      createdAt,
      instances: new Map(),
      activities: [],
      suspended: new Map(),
      enabledMetrics: new Set(),
      reason: '',
      failedLaunches: 0,
      replacements: 0,
      isDeleting: false,
      look: undefined,
    };
    this.#groups.set(keyOf(group), group);
    return group;
  }

  remove(group: Group): void {
    still(group);
    this.#groups.delete(keyOf(group));
  }

  clear(): void {
    for (const group of this.all()) this.remove(group);
  }
}

import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import { createTestClock } from '../../core/test-clock.ts';
import { clientOptions, startTestEndpoint } from '../../endpoint/endpoint-under-test.ts';
import { createAutoScaling } from './auto-scaling.ts';
import type { ScalingEvent } from './group/group-events.ts';

/** The group that most tests are about. */
export const NAME = 'web-tier';

const zonesOf = (region: string) => [`${region}a`, `${region}b`, `${region}c`];

const SECTION = {
  'us-east-1': [
    {
      name: NAME,
      minSize: 2,
      maxSize: 6,
      desiredCapacity: 2,
      availabilityZones: zonesOf('us-east-1'),
    },
    { name: 'batch', minSize: 0, maxSize: 20, availabilityZones: ['us-east-1a'] },
  ],
  'us-west-2': [
    {
      name: NAME,
      minSize: 4,
      maxSize: 12,
      desiredCapacity: 6,
      availabilityZones: zonesOf('us-west-2'),
    },
  ],
};

/** Starts Auto Scaling on a clock that stands still, with real SDK clients in front of it. */
export async function startAutoScaling() {
  const clock = createTestClock();
  const scaling = createAutoScaling({ clock, region: 'us-east-1', accountId: '123456789012' });
  scaling.simulated.seed(SECTION);
  const events: ScalingEvent[] = [];
  scaling.onEvent((event) => void events.push(event));
  const endpoint = await startTestEndpoint([scaling.service]);
  const clientOf = (region: string) =>
    new AutoScalingClient({ ...clientOptions(endpoint.url), region });
  const client = clientOf('us-east-1');

  /** The group as DescribeAutoScalingGroups returns it when its lag is over. */
  async function group(name = NAME, asked = client): Promise<AutoScalingGroup> {
    await clock.advance(1_000);
    const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] });
    const { AutoScalingGroups } = await asked.send(command);
    const [found] = AutoScalingGroups ?? [];
    if (found === undefined) throw new RangeError(`Cannot find the group ${name}`);
    return found;
  }

  /** The lifecycle states of the group's instances, sorted. */
  async function states(name = NAME): Promise<readonly (string | undefined)[]> {
    const { Instances = [] } = await group(name);
    return Instances.map(({ LifecycleState: state }) => state).sort();
  }

  async function activities(name = NAME) {
    const command = new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name });
    const { Activities = [] } = await client.send(command);
    return Activities;
  }

  return { clock, scaling, events, endpoint, client, clientOf, group, states, activities };
}

import type { Random } from './random.ts';
import type { PlannedInjectedFault } from './run-plan.ts';

/** Calls of failovers that may go wrong, each with how many of them a run may make. */
const CALLS: readonly (readonly [call: string, most: number])[] = [
  ['lambda:Invoke', 25],
  ['dynamodb:PutItem', 12],
  ['dynamodb:GetItem', 12],
  ['dynamodb:UpdateItem', 20],
  ['dynamodb:Query', 4],
  ['dynamodb:TransactWriteItems', 2],
  ['ssm:GetParameter', 3],
  ['rds:DescribeDBClusters', 8],
  ['rds:FailoverDBCluster', 1],
  ['rds:SwitchoverGlobalCluster', 1],
  ['rds:FailoverGlobalCluster', 1],
  ['autoscaling:DescribeAutoScalingGroups', 8],
  ['autoscaling:SetDesiredCapacity', 1],
  ['autoscaling:UpdateAutoScalingGroup', 2],
  ['route53-recovery-cluster:UpdateRoutingControlStates', 2],
  ['s3:PutObject', 3],
  ['events:PutEvents', 5],
  ['sns:Publish', 4],
];

/** Chooses none, one or two calls that go wrong; most of them once. */
export function injectedFaultsOf(random: Random): readonly PlannedInjectedFault[] {
  const count = random.weighted([
    [65, 0],
    [25, 1],
    [10, 2],
  ]);
  return Array.from({ length: count }, () => {
    const [call, most] = random.pick(CALLS);
    return {
      call,
      occurrence: random.integer(1, most),
      times: random.weighted([
        [60, 1],
        [30, 3],
        [10, 10],
      ]),
      when: random.pick(['before', 'after']),
    };
  });
}

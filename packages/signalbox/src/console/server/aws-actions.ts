import { ownMember } from '../../core/names/own-member.ts';

/**
 * The actions of AWS that the console's pages call, by service; no other is passed on.
 * Whoever may open the page may use them with the rights of the person who started it.
 */
export const AWS_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  states: [
    ...['ListStateMachines', 'DescribeStateMachine', 'DescribeStateMachineForExecution'],
    ...['ListStateMachineVersions', 'ListStateMachineAliases', 'ValidateStateMachineDefinition'],
    'DescribeStateMachineAlias',
    ...['ListExecutions', 'DescribeExecution', 'GetExecutionHistory', 'TestState'],
    ...['ListMapRuns', 'DescribeMapRun', 'StartExecution', 'StopExecution', 'RedriveExecution'],
    ...['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'],
  ],
  events: [
    ...['ListEventBuses', 'ListRules', 'ListTargetsByRule', 'DescribeRule', 'TestEventPattern'],
    ...['PutEvents', 'ListArchives', 'StartReplay'],
  ],
  lambda: ['ListFunctions', 'GetFunctionConfiguration', 'GetFunction', 'Invoke'],
  logs: ['DescribeLogGroups', 'FilterLogEvents'],
  monitoring: ['ListMetrics', 'GetMetricData', 'DescribeAlarms', 'DescribeAlarmHistory'],
  sqs: ['ListQueues', 'GetQueueAttributes', 'ReceiveMessage'],
  dynamodb: ['ListTables', 'DescribeTable', 'Scan'],
};

/** Returns whether the console passes an action on. */
export function isServed(service: string, action: string): boolean {
  return ownMember(AWS_ACTIONS, service)?.includes(action) ?? false;
}

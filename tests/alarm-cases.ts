import { readApp } from '../packages/signalbox/src/runtime/read-app.ts';
import type { App } from '../packages/signalbox/src/template/app.ts';

/** Values of one metric, one each minute. */
export interface Series {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** The value of each of those minutes. */
  readonly value: number;
  readonly minutes?: number;
}

/** What must let an alarm ring, and what must not. */
export interface AlarmCase {
  readonly rings: readonly Series[];
  readonly silent: readonly Series[];
  /** How long one looks after the data; fifteen minutes unless given. */
  readonly watchMinutes?: number;
}

const read = readApp('.', 'http://127.0.0.1:4700');
if (!read.ok) throw new Error(JSON.stringify(read.problems));

/** The app whose alarms are tried. */
export const app: App = read.value;

const physical = (logicalId: string): string => {
  const found = app.resources.find((one) => one.logicalId === logicalId);
  if (found === undefined) throw new RangeError(`The template has no ${logicalId}`);
  return found.physicalId;
};
const own = (metricName: string, value: number, rest: Partial<Series> = {}): Series => ({
  namespace: 'MyApp/Performance',
  metricName,
  dimensions: { Environment: 'local' },
  value,
  ...rest,
});
const states = (machine: string, metricName: string, value = 1): Series => ({
  namespace: 'AWS/States',
  metricName,
  dimensions: { StateMachineArn: physical(machine) },
  value,
});
const lambda = (name: string, metricName: 'Errors' | 'Throttles', value: number): Series => ({
  namespace: 'AWS/Lambda',
  metricName,
  dimensions: { FunctionName: physical(`${name}Function`) },
  value,
});
const queue = (name: string, metricName: string, value: number): Series => ({
  namespace: 'AWS/SQS',
  metricName,
  dimensions: { QueueName: physical(name).split('/').at(-1) ?? '' },
  value,
});
const api = (metricName: string, value: number, minutes = 1): Series => ({
  namespace: 'AWS/ApiGateway',
  metricName,
  dimensions: { ApiId: physical('OrdersApi') },
  value,
  minutes,
});
// AWS: a rule of a custom bus counts under its bus as well; the value of `Ref` is `bus|rule`.
const letters = (rule: string, value: number): Series => {
  const { name, eventBusName } =
    app.rules.find((one) => one.logicalId === rule) ?? nothing(`rule ${rule}`);
  return {
    namespace: 'AWS/Events',
    metricName: 'InvocationsFailedToBeSentToDlq',
    dimensions: {
      ...(eventBusName === 'default' ? {} : { EventBusName: eventBusName }),
      RuleName: name,
    },
    value,
  };
};
const refused = (Service: string, value: number): Series =>
  own('TasksRefused', value, { dimensions: { Environment: 'local', Service } });
const any = (series: (value: number) => Series, other: Series): AlarmCase => ({
  rings: [series(1)],
  silent: [series(0), other],
});
const errors = (name: string, least = 5): AlarmCase => ({
  rings: [lambda(name, 'Errors', least)],
  silent: [lambda(name, 'Errors', least - 1), lambda(name, 'Throttles', 9)],
});
const throttles = (name: string): AlarmCase => ({
  rings: [lambda(name, 'Throttles', 1)],
  silent: [lambda(name, 'Throttles', 0), lambda(name, 'Errors', 9)],
});
const dead = (name: string): AlarmCase => ({
  rings: [queue(name, 'ApproximateNumberOfMessagesVisible', 1)],
  silent: [queue(name, 'ApproximateNumberOfMessagesVisible', 0)],
});
const ended = (machine: string): AlarmCase => ({
  rings: [states(machine, 'ExecutionsAborted')],
  silent: [states(machine, 'ExecutionsSucceeded', 9)],
});
const operations = (Operations: string, value: number, minutes = 1): Series =>
  own('OldestUnfinishedOperationSeconds', value, {
    dimensions: { Environment: 'local', Operations },
    minutes,
  });
const unfinished = (kind: string, seconds: number): AlarmCase => ({
  rings: [operations(kind, seconds)],
  silent: [operations(kind, seconds - 1), operations('others', seconds)],
});
const swept = (kind: string): AlarmCase => ({
  rings: [],
  silent: [operations(kind, 0, 120)],
  watchMinutes: 70,
});
const burn = (minutes: number, perMinute: number): AlarmCase => ({
  rings: [api('5xx', perMinute / 10, minutes), api('Count', perMinute, minutes)],
  // One error among so few requests is a rate of much, and says nothing.
  silent: [api('5xx', 1), api('Count', 9)],
  watchMinutes: 5,
});
const database = (value: number, minutes: number): Series => ({
  namespace: 'AWS/RDS',
  metricName: 'EngineUptime',
  dimensions: { DBClusterIdentifier: 'web-data', Role: 'WRITER' },
  value,
  minutes,
});
const tier = (value: number): Series => ({
  namespace: 'AWS/AutoScaling',
  metricName: 'GroupInServiceInstances',
  dimensions: { AutoScalingGroupName: 'web-tier' },
  value,
  minutes: 6,
});

/**
 * The cases of all alarms of the template by their logical ids. Dimensions are AWS's own, from its pages
 * on the metrics of each service, and not what the template says.
 */
export const ALARM_CASES: Readonly<Record<string, AlarmCase>> = {
  OrdersTimedOutAlarm: {
    rings: [states('OrderProcessingStateMachine', 'ExecutionsTimedOut')],
    silent: [states('OrderProcessingStateMachine', 'ExecutionsFailed')],
  },
  OrdersThrottledAlarm: {
    rings: [states('OrderProcessingStateMachine', 'ExecutionThrottled')],
    silent: [states('OrderProcessingStateMachine', 'ExecutionsStarted', 99)],
  },
  OrdersFailedAlarm: {
    rings: [
      { ...states('OrderProcessingStateMachine', 'ExecutionsStarted', 10), minutes: 11 },
      { ...states('OrderProcessingStateMachine', 'ExecutionsFailed', 2), minutes: 11 },
    ],
    silent: [
      states('OrderProcessingStateMachine', 'ExecutionsStarted', 9),
      states('OrderProcessingStateMachine', 'ExecutionsFailed', 9),
    ],
  },
  ReconciliationFailedAlarm: ended('OrderReconciliationStateMachine'),
  OpenOrderAlarm: {
    rings: [own('OldestOpenOrderSeconds', 367_200)],
    silent: [own('OldestOpenOrderSeconds', 367_199)],
  },
  OpenOrdersSweptAlarm: {
    rings: [],
    silent: [own('OldestOpenOrderSeconds', 0, { minutes: 60 })],
    watchMinutes: 40,
  },
  UnfinishedAuditsAlarm: unfinished('audits', 1_800),
  AuditsSweptAlarm: swept('audits'),
  UnfinishedCostReviewsAlarm: unfinished('costs', 14_400),
  CostReviewsSweptAlarm: swept('costs'),
  CompensationsFailedAlarm: any(
    (value) => own('CompensationsFailed', value),
    own('OrdersFailed', 9),
  ),
  OrderEventsDeadLettersAlarm: dead('OrderEventsDeadLetters'),
  WarehouseDeadLettersAlarm: dead('WarehouseDeadLetters'),
  CompensationDeadLettersAlarm: dead('CompensationDeadLetters'),
  DeadLettersRefusedAlarm: any(
    (value) => letters('OrderConfirmedNotice', value),
    letters('FailoverStartedNotice', 9),
  ),
  ApiFunctionErrorsAlarm: errors('SubmitOrder'),
  ApiFunctionThrottlesAlarm: throttles('DecideShipment'),
  WorkflowFunctionErrorsAlarm: {
    rings: [lambda('ChargePayment', 'Errors', 5)],
    // Eight declined cards are eight errors to Lambda.
    silent: [lambda('ChargePayment', 'Errors', 8), refused('orders', 8)],
  },
  WorkflowFunctionThrottlesAlarm: throttles('ChargePayment'),
  CompensationFunctionErrorsAlarm: errors('SweepOpenOrders'),
  CompensationFunctionThrottlesAlarm: throttles('RefundPayment'),
  WarehouseQueueAgeAlarm: {
    rings: [queue('WarehouseQueue', 'ApproximateAgeOfOldestMessage', 600)],
    silent: [queue('WarehouseQueue', 'ApproximateAgeOfOldestMessage', 599)],
  },
  DeadLettersExpireAlarm: {
    rings: [queue('CompensationDeadLetters', 'ApproximateAgeOfOldestMessage', 864_000)],
    silent: [queue('CompensationDeadLetters', 'ApproximateAgeOfOldestMessage', 863_999)],
  },
  ApiLatencyAlarm: {
    rings: [api('Latency', 2_001, 20), api('Count', 20, 20)],
    silent: [api('Latency', 9_000, 20), api('Count', 1, 3)],
  },
  AvailabilityFastBurnLongAlarm: burn(10, 20),
  AvailabilityFastBurnShortAlarm: burn(10, 20),
  AvailabilitySlowBurnLongAlarm: burn(20, 20),
  AvailabilitySlowBurnShortAlarm: burn(20, 20),
  DatabaseUnavailableAlarm: {
    rings: [database(0, 5)],
    silent: [database(60, 12)],
    watchMinutes: 1,
  },
  WebTierUnderCapacityAlarm: { rings: [tier(1)], silent: [tier(2)] },
  FailoverDeadLettersRefusedAlarm: any(
    (value) => letters('FailoverStartedNotice', value),
    letters('OrderConfirmedNotice', 9),
  ),
  ObjectivesBreachedAlarm: any((value) => own('ObjectivesBreached', value), own('Failovers', 9)),
  FailoverFailedAlarm: any((value) => own('FailoversFailed', value), own('FailoversSuppressed', 9)),
  FailoverLockRefusedAlarm: any((value) => own('FailoverLockRefusals', value), own('Failovers', 9)),
  DrillOverdueAlarm: { rings: [own('DrillAgeDays', 41)], silent: [own('DrillAgeDays', 40)] },
  PlanWarningsAlarm: any((value) => own('PlanWarnings', value), own('PlanEvaluations', 9)),
  NewPlanWarningsAlarm: any((value) => own('NewPlanWarnings', value), own('PlanWarnings', 9)),
  FailoverNotClosedAlarm: errors('CloseFailover', 1),
  FailoverTimedOutAlarm: {
    rings: [states('DrFailoverStateMachine', 'ExecutionsTimedOut')],
    silent: [states('DrFailoverStateMachine', 'ExecutionsFailed')],
  },
  FailoverFunctionErrorsAlarm: {
    rings: [lambda('StartStep', 'Errors', 5)],
    silent: [lambda('AcquireLock', 'Errors', 9), refused('failovers', 9)],
  },
  FailoverFunctionThrottlesAlarm: throttles('EvaluatePlan'),
  PlanNotEvaluatedAlarm: errors('EvaluatePlan', 1),
  OperationsDeadLettersRefusedAlarm: any(
    (value) => letters('OperationApprovalRemindedNotice', value),
    letters('OrderConfirmedNotice', 9),
  ),
  OperationsDeadLettersAlarm: dead('OperationsDeadLetters'),
  OperationsDeadLettersExpireAlarm: {
    rings: [queue('OperationsDeadLetters', 'ApproximateAgeOfOldestMessage', 864_000)],
    silent: [queue('OperationsDeadLetters', 'ApproximateAgeOfOldestMessage', 863_999)],
  },
  ApprovalFunctionErrorsAlarm: errors('DecideOperationApproval', 1),
  ApprovalFunctionThrottlesAlarm: throttles('RequestOperationApproval'),
  LifecycleDeadLettersRefusedAlarm: any(
    (value) => letters('RepairAwaitingApprovalNotice', value),
    letters('OrderConfirmedNotice', 9),
  ),
  AuditFailedAlarm: ended('S3LifecycleAuditStateMachine'),
  RepairFailedAlarm: ended('S3LifecycleRepairStateMachine'),
  AuditFunctionErrorsAlarm: errors('AuditBuckets'),
  AuditFunctionThrottlesAlarm: throttles('WriteLifecycle'),
  CostReviewDeadLettersRefusedAlarm: any(
    (value) => letters('CostReviewStateMachineCostReviewRequested', value),
    letters('OrderConfirmedNotice', 9),
  ),
  CostReviewFailedAlarm: ended('CostReviewStateMachine'),
  CostThresholdsBreachedAlarm: any(
    (value) => own('CostThresholdsBreached', value),
    own('CostExplorerRequests', 9),
  ),
  CostReviewAgeAlarm: {
    rings: [own('CostReviewAgeDays', 99, { minutes: 1_500 })],
    silent: [own('CostReviewAgeDays', 30, { minutes: 1_500 })],
  },
  CostRequestsAlarm: {
    rings: [own('CostExplorerRequests', 301)],
    silent: [own('CostExplorerRequests', 300)],
  },
  CostFunctionErrorsAlarm: errors('FetchCosts'),
  CostFunctionThrottlesAlarm: throttles('FetchCosts'),
};

function nothing(what: string): never {
  throw new RangeError(`The template has no ${what}`);
}

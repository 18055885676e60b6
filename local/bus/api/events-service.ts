import type {
  DeleteRuleRequest,
  DescribeArchiveRequest,
  DescribeEventBusRequest,
  DescribeRuleRequest,
  DisableRuleRequest,
  EnableRuleRequest,
  ListArchivesRequest,
  ListEventBusesRequest,
  ListRuleNamesByTargetRequest,
  ListRulesRequest,
  ListTargetsByRuleRequest,
  PutEventsRequest,
  PutRuleRequest,
  PutTargetsRequest,
  RemoveTargetsRequest,
  TestEventPatternRequest,
} from '@aws-sdk/client-eventbridge';
import type { Service } from '../../service.ts';
import type { Bus } from '../bus.ts';
import { describeArchive, listArchives } from './archives.ts';
import { describeEventBus, listEventBuses } from './event-buses.ts';
import { deleteRule, putRule } from './put-rule.ts';
import { required } from './required.ts';
import { describeRule, listRuleNamesByTarget, listRules, setRuleState } from './rules.ts';
import { listTargetsByRule, putTargets, removeTargets } from './targets.ts';
import { testEventPattern } from './test-event-pattern.ts';

/** EventBridge as the endpoint serves it. */
export function createEventsService(bus: Bus): Service {
  return {
    name: 'events',
    client: '@aws-sdk/client-eventbridge',
    actions: {
      PutEvents: (input: PutEventsRequest) => bus.putEvents(required(input.Entries, 'entries')),
      ListEventBuses: (input: ListEventBusesRequest) => listEventBuses(bus, input),
      DescribeEventBus: (input: DescribeEventBusRequest) => describeEventBus(bus, input),
      ListRules: (input: ListRulesRequest) => listRules(bus, input),
      DescribeRule: (input: DescribeRuleRequest) => describeRule(bus, input),
      ListRuleNamesByTarget: (input: ListRuleNamesByTargetRequest) =>
        listRuleNamesByTarget(bus, input),
      EnableRule: (input: EnableRuleRequest) => setRuleState(bus, input, 'ENABLED'),
      DisableRule: (input: DisableRuleRequest) => setRuleState(bus, input, 'DISABLED'),
      PutRule: (input: PutRuleRequest) => putRule(bus, input),
      DeleteRule: (input: DeleteRuleRequest) => deleteRule(bus, input),
      ListTargetsByRule: (input: ListTargetsByRuleRequest) => listTargetsByRule(bus, input),
      PutTargets: (input: PutTargetsRequest) => putTargets(bus, input),
      RemoveTargets: (input: RemoveTargetsRequest) => removeTargets(bus, input),
      TestEventPattern: (input: TestEventPatternRequest) => testEventPattern(input),
      ListArchives: (input: ListArchivesRequest) => listArchives(bus, input),
      DescribeArchive: (input: DescribeArchiveRequest) => describeArchive(bus, input),
    },
  };
}

import type {
  CancelReplayRequest,
  CreateArchiveRequest,
  CreateEventBusRequest,
  DeleteArchiveRequest,
  DeleteEventBusRequest,
  DeleteRuleRequest,
  DescribeArchiveRequest,
  DescribeEventBusRequest,
  DescribeReplayRequest,
  DescribeRuleRequest,
  DisableRuleRequest,
  EnableRuleRequest,
  ListArchivesRequest,
  ListEventBusesRequest,
  ListReplaysRequest,
  ListRuleNamesByTargetRequest,
  ListRulesRequest,
  ListTagsForResourceRequest,
  ListTargetsByRuleRequest,
  PutEventsRequest,
  PutPermissionRequest,
  PutRuleRequest,
  PutTargetsRequest,
  RemovePermissionRequest,
  RemoveTargetsRequest,
  StartReplayRequest,
  TagResourceRequest,
  TestEventPatternRequest,
  UntagResourceRequest,
  UpdateArchiveRequest,
  UpdateEventBusRequest,
} from '@aws-sdk/client-eventbridge';
import { type Action, actions, type Caller, type Service } from '../../core/service.ts';
import type { Bus } from '../bus.ts';
import {
  createArchive,
  deleteArchive,
  describeArchive,
  listArchives,
  updateArchive,
} from './archives.ts';
import {
  createEventBus,
  deleteEventBus,
  describeEventBus,
  listEventBuses,
  updateEventBus,
} from './event-buses.ts';
import { testEventPattern } from './event-patterns.ts';
import { putPermission, removePermission } from './permissions.ts';
import { deleteRule, putRule } from './put-rule.ts';
import { cancelReplay, describeReplay, listReplays, startReplay } from './replays.ts';
import { required } from './required.ts';
import { describeRule, listRuleNamesByTarget, listRules, setRuleState } from './rules.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { listTargetsByRule, putTargets, removeTargets } from './targets.ts';

/** EventBridge as the endpoint serves it; the actions on connections and API destinations are given. */
export function createEventsService(bus: Bus, others: Record<string, Action> = {}): Service {
  return {
    name: 'events',
    client: '@aws-sdk/client-eventbridge',
    actions: {
      ...others,
      ...actions({
        PutEvents: (input: PutEventsRequest, { traceHeader }: Caller) =>
          bus.putEvents(required(input.Entries, 'entries'), traceHeader),
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
        CreateArchive: (input: CreateArchiveRequest) => createArchive(bus, input),
        UpdateArchive: (input: UpdateArchiveRequest) => updateArchive(bus, input),
        DeleteArchive: (input: DeleteArchiveRequest) => deleteArchive(bus, input),
        StartReplay: (input: StartReplayRequest) => startReplay(bus, input),
        ListReplays: (input: ListReplaysRequest) => listReplays(bus, input),
        DescribeReplay: (input: DescribeReplayRequest) => describeReplay(bus, input),
        CancelReplay: (input: CancelReplayRequest) => cancelReplay(bus, input),
        CreateEventBus: (input: CreateEventBusRequest) => createEventBus(bus, input),
        UpdateEventBus: (input: UpdateEventBusRequest) => updateEventBus(bus, input),
        TagResource: (input: TagResourceRequest) => tagResource(bus, input),
        UntagResource: (input: UntagResourceRequest) => untagResource(bus, input),
        ListTagsForResource: (input: ListTagsForResourceRequest) => listTagsForResource(bus, input),
        PutPermission: (input: PutPermissionRequest) => putPermission(bus, input),
        RemovePermission: (input: RemovePermissionRequest) => removePermission(bus, input),
        DeleteEventBus: (input: DeleteEventBusRequest) => deleteEventBus(bus, input),
      }),
    },
  };
}

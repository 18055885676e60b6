import { AwsError } from '../core/aws-error.ts';
import type { ArchiveTable } from './archive-table.ts';
import type { BusEvent } from './bus-event.ts';
import type { BusLog } from './bus-log.ts';
import {
  type Deliver,
  type DeliveryPorts,
  deliverEvent,
  type RunningDelivery,
} from './deliver-event.ts';
import type { Unmatched } from './delivery.ts';
import { MOST_PASSES, type Pass, passRule } from './lineage.ts';
import { eventBusNameOf } from './put-events.ts';
import type { LoadedRule, LoadedTarget, RuleTable } from './rule-table.ts';
import { targetBody } from './target-input.ts';
import { explainUnmatched } from './unmatched.ts';
import type { Work } from './work.ts';

/** An event that comes to a bus, from outside or from another bus. */
export interface Arrival {
  readonly event: BusEvent;
  readonly eventBusName: string;
  /** The ARNs of the rules that have forwarded the event so far. */
  readonly via: readonly string[];
  /** The trace header of PutEvents, which goes on to targets. */
  readonly traceHeader?: string | undefined;
  /** The trace header of what caused the event: its own, or that of whoever put it. */
  readonly cause?: string | undefined;
  /** The rules that a replay is for; undefined means all. */
  readonly onlyRuleArns?: readonly string[] | undefined;
}

/** The tables and services of a router. */
export interface RouterOptions {
  readonly rules: RuleTable;
  readonly archives: ArchiveTable;
  readonly log: BusLog;
  readonly work: Work;
  readonly ports: DeliveryPorts;
  onUnmatched(event: BusEvent, unmatched: Unmatched): void;
}

interface StartableDelivery {
  readonly delivery: RunningDelivery;
  start(): Promise<void>;
}

const EVENT_BUS_ARN = /^arn:[^:]*:events:[^:]*:[^:]*:event-bus\//;

/** Takes an event to a bus: matches it, archives it, logs it and starts its deliveries. */
export function routeEvent(arrival: Arrival, parts: RouterOptions): void {
  const { event, eventBusName } = arrival;
  if (parts.rules.bus(eventBusName) === undefined) {
    // AWS: PutEvents returns an id all the same, and the event is lost.
    const reason = `No event bus has the name ${eventBusName}`;
    settle(arrival, [], [], { eventBusName, reason, nearest: undefined }, parts);
    return;
  }
  const busRules = parts.rules.rulesOf(eventBusName);
  const matching = busRules.compiled
    .match(event)
    .flatMap((index) => busRules.withPattern[index] ?? [])
    .filter(({ rule }) => rule.state === 'ENABLED')
    .filter(({ rule }) => arrival.onlyRuleArns?.includes(rule.arn) ?? true);
  const unmatched =
    matching.length > 0 ? undefined : explainUnmatched(event, eventBusName, busRules);
  settle(
    arrival,
    matching,
    parts.archives.record(event, eventBusName, parts.ports.clock.now()),
    unmatched,
    parts,
  );
}

/**
 * Takes an event to one rule's targets, whatever the rule's pattern: the event of its schedule.
 */
export function routeToRule(arrival: Arrival, rule: LoadedRule, parts: RouterOptions): void {
  settle(arrival, [rule], [], undefined, parts);
}

function settle(
  arrival: Arrival,
  matching: readonly LoadedRule[],
  archives: readonly string[],
  unmatched: Unmatched | undefined,
  parts: RouterOptions,
): void {
  const { event, eventBusName } = arrival;
  const ingestionTime = parts.ports.clock.now().toISOString();
  const startable = matching.flatMap((loaded) =>
    loaded.targets.map((target) => prepare(arrival, loaded, target, ingestionTime, parts)),
  );
  parts.log.add({
    event,
    eventBusName,
    ingestionTime,
    matchedRules: matching.map(({ rule }) => ({ name: rule.name, arn: rule.arn })),
    deliveries: startable.map(({ delivery }) => delivery),
    archives,
    unmatched,
  });
  if (unmatched !== undefined) parts.onUnmatched(event, unmatched);
  for (const { start } of startable) parts.work.add(start());
}

function prepare(
  arrival: Arrival,
  { rule }: LoadedRule,
  { target, input }: LoadedTarget,
  ingestionTime: string,
  parts: RouterOptions,
): StartableDelivery {
  const { event } = arrival;
  const names = { ruleArn: rule.arn, ruleName: rule.name };
  const { traceHeader, cause } = arrival;
  const pass = passRule(cause, rule.arn);
  const context = { event, ...names, traceHeader, lineage: pass.traceHeader };
  const delivery: RunningDelivery = {
    eventId: event.id,
    ...names,
    targetId: target.id,
    targetArn: target.arn,
    body: targetBody(input, event, { ...names, ingestionTime }),
    attempts: [],
    result: { kind: 'under-way' },
  };
  const deliver = delivererOf(arrival, pass, rule, target, parts);
  return {
    delivery,
    start: () => deliverEvent(delivery, target, context, { ...parts.ports, deliver }),
  };
}

function delivererOf(
  arrival: Arrival,
  { earlier }: Pass,
  rule: LoadedRule['rule'],
  target: LoadedTarget['target'],
  parts: RouterOptions,
): Deliver {
  if (earlier >= MOST_PASSES) {
    return async () => {
      throw new AwsError(
        'InvalidLoop',
        `What rule ${rule.name} starts puts events that it matches, ${MOST_PASSES} times over by now: the loop ends here`,
      );
    };
  }
  if (!EVENT_BUS_ARN.test(target.arn)) return parts.ports.deliver;
  return async () => {
    forward(arrival, rule.arn, target.arn, parts);
    return {};
  };
}

/** Hands an event on to another bus as it is. */
function forward(arrival: Arrival, ruleArn: string, busArn: string, parts: RouterOptions): void {
  const { event, via, traceHeader, cause } = arrival;
  const eventBusName = eventBusNameOf(busArn);
  if (parts.rules.bus(eventBusName) === undefined) {
    throw new AwsError('ResourceNotFoundException', `Event bus ${eventBusName} does not exist.`);
  }
  if (via.includes(ruleArn)) {
    throw new AwsError(
      'InvalidLoop',
      `The rules ${via.join(' and ')} send event ${event.id} round in a loop: it ends here`,
    );
  }
  routeEvent({ event, eventBusName, via: [...via, ruleArn], traceHeader, cause }, parts);
}

import type { AccountRegion } from '../core/account-region.ts';
import { AwsError } from '../core/aws-error.ts';
import { placeOfArn } from '../core/in-region.ts';
import { parseJson } from '../core/json.ts';
import { type Pass, passBy } from '../core/lineage.ts';
import { isJsonTemplate } from '../event-patterns/input-transformer.ts';
import type { TargetResource } from '../template/app.ts';
import type { ArchiveTable } from './archive-table.ts';
import type { BusEvent } from './bus-event.ts';
import type { BusLog } from './bus-log.ts';
import {
  type Deliver,
  type DeliveryPorts,
  deliverEvent,
  type RunningDelivery,
} from './deliver-event.ts';
import type { Arrival, Deliveries, KeptDelivery } from './deliveries.ts';
import type { Unmatched } from './delivery.ts';
import { eventBusNameOf } from './put-events.ts';
import type { LoadedRule, LoadedTarget, RuleTable } from './rule-table.ts';
import { targetBody } from './target-input.ts';
import { isBusArn } from './target-place.ts';
import { explainUnmatched } from './unmatched.ts';
import type { Work } from './work.ts';

/** The tables and services of a router. */
export interface RouterOptions {
  readonly rules: RuleTable;
  readonly archives: ArchiveTable;
  readonly log: BusLog;
  readonly work: Work;
  readonly ports: DeliveryPorts;
  readonly deliveries: Deliveries;
  /** Keeps something; says what is to be done where the disk does not take it. */
  keep<T>(write: () => T, otherwise: T): T;
  onUnmatched(event: BusEvent, unmatched: Unmatched): void;
  /** The Region and account of the buses. */
  readonly here: AccountRegion;
  readonly toRegion: ToRegion;
}

/**
 * Takes an event to a bus of another Region of this account.
 * @throws {AwsError} When there is no such bus.
 */
export type ToRegion = (region: string, arrival: Arrival) => Promise<void>;

interface StartableDelivery {
  readonly kept: KeptDelivery;
  readonly delivery: RunningDelivery;
}

/** The most descendants of an event that may pass one rule; AWS Lambda stops its own loops at about as many. */
const MOST_PASSES = 16;

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
    parts.keep(() => parts.archives.record(event, eventBusName, parts.ports.clock.now()), []),
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
  // Kept before anything else: whoever put the event is told that it is accepted.
  const ids = startable.map(({ kept }) => parts.keep(() => parts.deliveries.add(kept), ''));
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
  startable.forEach((one, index) => {
    parts.work.add(run(ids[index] ?? '', one, parts));
  });
}

/** Goes on with the deliveries that an earlier process has left. */
export function resumeDeliveries(parts: RouterOptions): void {
  for (const [id, kept] of parts.deliveries.left()) {
    const begun = deliveryOf(kept);
    const delivery = parts.log.underWay(kept.arrival.eventBusName, begun) ?? begun;
    parts.work.add(run(id, { kept, delivery }, parts));
  }
}

function prepare(
  arrival: Arrival,
  { rule }: LoadedRule,
  { target, input }: LoadedTarget,
  ingestionTime: string,
  { ports }: RouterOptions,
): StartableDelivery {
  const names = { ruleArn: rule.arn, ruleName: rule.name };
  const body = targetBody(input, arrival.event, { ...names, ingestionTime });
  const deadlineMs = ports.clock.now().getTime() + target.maximumEventAgeSeconds * 1000;
  const kept = { arrival, ...names, target, body, retryAttempts: 0, deadlineMs };
  return { kept, delivery: deliveryOf(kept) };
}

function deliveryOf({ arrival, ruleArn, ruleName, target, body }: KeptDelivery): RunningDelivery {
  return {
    eventId: arrival.event.id,
    ruleArn,
    ruleName,
    targetId: target.id,
    targetArn: target.arn,
    body,
    attempts: [],
    result: { kind: 'under-way' },
  };
}

async function run(
  id: string,
  { kept, delivery }: StartableDelivery,
  parts: RouterOptions,
): Promise<void> {
  const { arrival, ruleArn, ruleName, target, retryAttempts, deadlineMs } = kept;
  const { event, traceHeader, cause } = arrival;
  const pass = passBy(cause, ruleArn);
  const context = { event, ruleArn, ruleName, traceHeader, lineage: pass.traceHeader };
  const ports = { ...parts.ports, deliver: delivererOf(kept, pass, parts) };
  await deliverEvent(delivery, target, context, ports, {
    retriedAlready: retryAttempts,
    deadlineMs,
    onRetry(count) {
      parts.log.changed(delivery);
      parts.deliveries.retry(id, { ...kept, retryAttempts: count });
    },
  });
  // The log first: a kill between the two delivers once more, but never leaves the log without an end.
  parts.log.changed(delivery);
  parts.deliveries.end(id);
}

function delivererOf(
  { arrival, ruleArn, ruleName, target, body }: KeptDelivery,
  { earlier }: Pass,
  parts: RouterOptions,
): Deliver {
  if (earlier >= MOST_PASSES) {
    return async () => {
      throw new AwsError(
        'InvalidLoop',
        `What rule ${ruleName} starts puts events that it matches, ${MOST_PASSES} times over by now: the loop ends here`,
      );
    };
  }
  if (isBroken(target, body)) {
    return async () => {
      throw new AwsError(
        'InvalidExecutionInput',
        `What the input transformer of target ${target.id} makes of the event is no JSON`,
      );
    };
  }
  if (!isBusArn(target.arn)) return parts.ports.deliver;
  return async () => {
    await forward(arrival, ruleArn, target.arn, parts);
    return {};
  };
}

/** A value that a template puts in quotes may have quotes itself. */
function isBroken({ inputTransformer: given }: TargetResource, body: string): boolean {
  if (given === undefined || !isJsonTemplate(given.inputTemplate)) return false;
  return parseJson(body) === undefined;
}

/** Takes an event that another rule hands on. @throws {AwsError} When there is no such bus. */
export function receiveEvent(arrival: Arrival, parts: RouterOptions): void {
  const { eventBusName } = arrival;
  if (parts.rules.bus(eventBusName) === undefined) {
    throw new AwsError('ResourceNotFoundException', `Event bus ${eventBusName} does not exist.`);
  }
  routeEvent(arrival, parts);
}

/** Hands an event on to another bus as it is, be it in another Region. */
async function forward(
  arrival: Arrival,
  ruleArn: string,
  busArn: string,
  parts: RouterOptions,
): Promise<void> {
  const { event, via, traceHeader, cause } = arrival;
  const { region, accountId } = placeOfArn(busArn);
  if (accountId !== parts.here.accountId) {
    throw new AwsError(
      'AccessDeniedException',
      `The rehearsal stands for account ${parts.here.accountId} alone, and cannot deliver to ${busArn}`,
    );
  }
  if (via.includes(ruleArn)) {
    throw new AwsError(
      'InvalidLoop',
      `The rules ${via.join(' and ')} send event ${event.id} round in a loop: it ends here`,
    );
  }
  const eventBusName = eventBusNameOf(busArn);
  const next = { event, eventBusName, via: [...via, ruleArn], traceHeader, cause };
  if (region === parts.here.region) receiveEvent(next, parts);
  else await parts.toRegion(region, next);
}

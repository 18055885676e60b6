import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Clock } from '../../core/clock.ts';
import type { JsonObject } from '../../core/json.ts';
import { readSection } from '../../core/schema/read-section.ts';
import { Flag, fields, listOf, Text, whole } from '../../core/schema/schema.ts';
import type { SimulatedService } from '../../core/simulated-service.ts';
import { type ApiCall, managementEvent } from './management-event.ts';

/** CloudTrail's clock, Region and account. */
export interface CloudTrailOptions {
  readonly clock: Clock;
  /** The app's own. */
  readonly region: string;
  /** Whether another Region has a default bus that hears of its calls; none has unless given. */
  readonly hears?: ((region: string) => boolean) | undefined;
  readonly accountId: string;
}

/** An event as CloudTrail hands it to EventBridge. */
export interface CloudTrailEvent {
  readonly source: string;
  readonly detailType: 'AWS API Call via CloudTrail';
  readonly detail: JsonObject;
  readonly time: Date;
  readonly traceHeader?: string | undefined;
  /** The Region whose default bus it comes to. */
  readonly region: string;
}

/** AWS CloudTrail's one trail of management events, as far as EventBridge hears of it. */
export interface CloudTrail {
  readonly simulated: SimulatedService;
  /** Takes a call that was made just now. */
  record(call: ApiCall): void;
  /** Hears of each recorded call some seconds later, once for each bus that it comes to. */
  onEvent(listen: (event: CloudTrailEvent) => void): void;
}

const NAME = 'cloudtrail';

const TrailSection = fields({
  isLogging: v.optional(Flag, true),
  /** Until EventBridge hears of a call. */
  deliverySeconds: v.optional(whole(0), 5),
  /** Regions whose events are forwarded to the app's own. */
  forwardedRegions: v.optional(listOf(Text), []),
});

/** Makes CloudTrail with a trail that is on. */
export function createCloudTrail({
  clock,
  region,
  accountId,
  hears = () => false,
}: CloudTrailOptions): CloudTrail {
  const listeners: ((event: CloudTrailEvent) => void)[] = [];
  let trail = readSection(NAME, {}, TrailSection);
  let isStopped = false;
  let recorded = 0;

  function deliver(event: Omit<CloudTrailEvent, 'region'>, buses: readonly string[]): void {
    for (const bus of buses) for (const listen of listeners) listen({ ...event, region: bus });
  }

  /** The Regions whose buses hear of a call: its own, and the app's where that one forwards. */
  function heardIn(where: string): readonly string[] {
    if (where === region) return [region];
    const forwarded = trail.forwardedRegions.includes(where) ? [region] : [];
    return hears(where) ? [where, ...forwarded] : forwarded;
  }

  return {
    record(call) {
      const buses = heardIn(call.region);
      if (!trail.isLogging || isStopped || buses.length === 0) return;
      const time = clock.now();
      recorded += 1;
      const event: Omit<CloudTrailEvent, 'region'> = {
        source: sourceOf(call),
        detailType: 'AWS API Call via CloudTrail',
        detail: managementEvent(call, { accountId, at: time, uuid: randomUUID }),
        time,
        traceHeader: call.caller.traceHeader,
      };
      // In the foreground: a rehearsal has not come to rest while an event is still to come.
      clock.at(time.getTime() + trail.deliverySeconds * 1000, () => deliver(event, buses));
    },
    onEvent: (listen) => void listeners.push(listen),
    simulated: {
      name: NAME,
      seed(section) {
        trail = readSection(NAME, section, TrailSection);
        isStopped = false;
      },
      show: () => ({ ...trail, isLogging: trail.isLogging && !isStopped, recorded }),
      faults: {
        'trail-stopped': {
          summary: 'Stops the trail, so that EventBridge hears of no API call',
          start() {
            isStopped = true;
            return 'The trail logs nothing';
          },
          end() {
            isStopped = false;
            return trail.isLogging ? 'The trail logs API calls' : 'The trail is off by its seed';
          },
        },
      },
    },
  };
}

/** AWS: events of `s3.amazonaws.com` have the source `aws.s3`. */
function sourceOf({ eventSource }: ApiCall): string {
  return `aws.${eventSource.replace('.amazonaws.com', '')}`;
}

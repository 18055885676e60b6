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
  /** The app's own: a call elsewhere is sent to the bus of its Region, which may forward it. */
  readonly region: string;
  readonly accountId: string;
}

/** An event as CloudTrail hands it to EventBridge. */
export interface CloudTrailEvent {
  readonly source: string;
  readonly detailType: 'AWS API Call via CloudTrail';
  readonly detail: JsonObject;
  readonly time: Date;
  readonly traceHeader?: string | undefined;
}

/** AWS CloudTrail's one trail of management events, as far as EventBridge hears of it. */
export interface CloudTrail {
  readonly simulated: SimulatedService;
  /** Takes a call that was made just now. */
  record(call: ApiCall): void;
  /** Hears of each recorded call of the app's own Region, and of those that forward, some seconds later. */
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
export function createCloudTrail({ clock, region, accountId }: CloudTrailOptions): CloudTrail {
  const listeners: ((event: CloudTrailEvent) => void)[] = [];
  let trail = readSection(NAME, {}, TrailSection);
  let isStopped = false;
  let recorded = 0;

  function deliver(event: CloudTrailEvent): void {
    for (const listen of listeners) listen(event);
  }

  function isHeardFrom(where: string): boolean {
    return where === region || trail.forwardedRegions.includes(where);
  }

  return {
    record(call) {
      if (!trail.isLogging || isStopped || !isHeardFrom(call.region)) return;
      const time = clock.now();
      recorded += 1;
      const event: CloudTrailEvent = {
        source: sourceOf(call),
        detailType: 'AWS API Call via CloudTrail',
        detail: managementEvent(call, { accountId, at: time, uuid: randomUUID }),
        time,
        traceHeader: call.caller.traceHeader,
      };
      // In the foreground: a rehearsal has not come to rest while an event is still to come.
      clock.at(time.getTime() + trail.deliverySeconds * 1000, () => deliver(event));
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

import * as v from 'valibot';
import type { Json } from '../../core/json.ts';
import { readSection } from '../../core/schema/read-section.ts';
import { fields, listOf, Text } from '../../core/schema/schema.ts';
import type { Fault, SimulatedService } from '../../core/simulated-service.ts';
import { UserError } from '../../core/user-error.ts';
import { closeEvent, type HealthEvent, openEvent } from './health-event.ts';

/** The state of AWS Health: its events and the resources that they touch. */
export interface HealthState {
  events: readonly HealthEvent[];
  /** The resources that an issue of a service touches, by the service. */
  entities: ReadonlyMap<string, readonly string[]>;
}

interface SimulatedHealthOptions {
  readonly state: HealthState;
  readonly region: string;
  readonly now: () => Date;
  readonly uuid: () => string;
  /** Must hear of every event that opens or closes. */
  readonly notify: (event: HealthEvent) => void;
}

/** Makes AWS Health's simulated resources. */
export function simulatedHealth(options: SimulatedHealthOptions): SimulatedService {
  const { state } = options;
  const name = 'health';
  return {
    name,
    seed(section) {
      state.entities = readEntities(name, section);
      state.events = [];
    },
    show: () => ({
      events: state.events.map((event) => ({
        eventTypeCode: event.eventTypeCode,
        service: event.service,
        region: event.region,
        statusCode: event.statusCode,
        startTime: event.startTime.toISOString(),
        affectedEntities: event.entityValues,
      })),
    }),
    faults: { 'health-event': issueFault(options) },
  };
}

const HealthSection = fields({
  services: v.optional(
    listOf(fields({ name: Text, affectedEntities: v.optional(listOf(Text), []) })),
    [],
  ),
});

/** Reads what the file of simulated resources says of the services that may have an issue. */
function readEntities(part: string, section: Json): ReadonlyMap<string, readonly string[]> {
  const { services } = readSection(part, section, HealthSection);
  return new Map(services.map(({ name, affectedEntities }) => [name, affectedEntities]));
}

const USUAL_SERVICE = 'RDS';

function issueFault({ state, region, now, uuid, notify }: SimulatedHealthOptions): Fault {
  const aimed = (target = USUAL_SERVICE): string => {
    const service = target.toUpperCase();
    if (state.entities.has(service)) return service;
    const known = [...state.entities.keys()].join(', ');
    throw new UserError(
      'usage',
      `AWS Health does not know what an issue of "${target}" touches: choose one of ${known}`,
    );
  };
  const openOf = (service: string) =>
    state.events.find((event) => event.service === service && event.statusCode === 'open');
  return {
    summary: 'AWS Health reports an operational issue of a service',
    target: `a service such as ${USUAL_SERVICE}, which is the default`,
    start(target) {
      const service = aimed(target);
      const open = openOf(service);
      if (open !== undefined) return `${open.eventTypeCode} is open already`;
      const event = openEvent({
        service,
        eventTypeCode: `AWS_${service}_OPERATIONAL_ISSUE`,
        category: 'issue',
        region,
        startTime: now(),
        entityValues: state.entities.get(service) ?? [],
        description: `We are investigating increased error rates of ${service} in the ${region} Region.`,
        uuid: uuid(),
      });
      state.events = [...state.events, event];
      notify(event);
      return `${event.eventTypeCode} is open in ${region}`;
    },
    end(target) {
      const service = aimed(target);
      const open = openOf(service);
      if (open === undefined) return `no issue of ${service} is open`;
      const description = `The issue has been resolved and ${service} is operating normally.`;
      closeEvent(open, now(), description);
      notify(open);
      return `${open.eventTypeCode} is closed`;
    },
  };
}

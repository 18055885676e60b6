import { randomUUID } from 'node:crypto';
import type {
  DescribeAffectedEntitiesRequest,
  DescribeEventDetailsRequest,
  DescribeEventsRequest,
} from '@aws-sdk/client-health';
import type { Clock } from '../../core/clock.ts';
import { actions, type Service } from '../../core/service.ts';
import type { SimulatedService } from '../../core/simulated-service.ts';
import { describeAffectedEntities } from './affected-entities.ts';
import { describeEventDetails, describeEvents } from './describe-events.ts';
import { busEventOf, type HealthBusEvent } from './service-event.ts';
import { type HealthState, simulatedHealth } from './simulated-health.ts';

/** AWS Health: what is wrong at AWS, as far as it touches the account. */
export interface Health {
  readonly service: Service;
  readonly simulated: SimulatedService;
  /** Hears of every event that opens or closes. */
  onEvent(listener: (event: HealthBusEvent) => void): void;
}

/** AWS Health's clock, Region and account. */
export interface HealthOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** Makes the identifiers of events; random by default. */
  readonly uuid?: () => string;
}

/** Makes AWS Health; nothing is wrong in it until a fault begins. */
export function createHealth(options: HealthOptions): Health {
  const { clock, region, accountId, uuid = randomUUID } = options;
  const state: HealthState = { events: [], entities: new Map() };
  const listeners: ((event: HealthBusEvent) => void)[] = [];
  return {
    service: {
      name: 'health',
      client: '@aws-sdk/client-health',
      actions: actions({
        DescribeAffectedEntities: (input: DescribeAffectedEntitiesRequest) =>
          describeAffectedEntities(state.events, accountId, input),
        DescribeEventDetails: (input: DescribeEventDetailsRequest) =>
          describeEventDetails(state.events, input),
        DescribeEvents: (input: DescribeEventsRequest) => describeEvents(state.events, input),
      }),
    },
    simulated: simulatedHealth({
      state,
      region,
      uuid,
      now: () => clock.now(),
      notify(event) {
        for (const listen of listeners) listen(busEventOf(event, accountId));
      },
    }),
    onEvent: (listener) => void listeners.push(listener),
  };
}

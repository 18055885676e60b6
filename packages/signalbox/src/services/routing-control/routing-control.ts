import type {
  ListRoutingControlsRequest,
  UpdateRoutingControlStateRequest,
  UpdateRoutingControlStatesRequest,
} from '@aws-sdk/client-route53-recovery-cluster';
import type { Clock } from '../../core/clock.ts';
import type { JsonObject } from '../../core/json.ts';
import { type Action, action, type Service } from '../../core/service.ts';
import type { Fault, SimulatedService } from '../../core/simulated-service.ts';
import { UserError } from '../../core/user-error.ts';
import { ControlPanels } from './control-panels.ts';
import { getRoutingControlState, listRoutingControls } from './read-states.ts';
import { endpointUnavailable } from './routing-errors.ts';
import { readPanels } from './seed-panels.ts';
import {
  type Switchboard,
  updateRoutingControlState,
  updateRoutingControlStates,
} from './update-states.ts';

/** The data plane of Amazon Application Recovery Controller's routing controls. */
export interface RoutingControls {
  readonly service: Service;
  readonly simulated: SimulatedService;
  /** Returns whether traffic flows by a control; false where there is no such control. */
  isOn(routingControlArn: string): boolean;
  /** Calls back after every update, and when the simulated resources is seeded. */
  onChange(listener: () => void): void;
}

/** The clock, Region and account of routing controls. */
export interface RoutingControlOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
}

/** The Regions of a cluster's five endpoints; any of them reads and updates all controls. */
export const CLUSTER_REGIONS = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'ap-northeast-1',
  'ap-southeast-2',
];

/** Makes the routing controls of one cluster; there are none until it is seeded. */
export function createRoutingControl(options: RoutingControlOptions): RoutingControls {
  const { clock, region, accountId } = options;
  const panels = new ControlPanels();
  const down = new Set<string>();
  const listeners: (() => void)[] = [];
  const board: Switchboard = {
    panels,
    nowMs: () => clock.now().getTime(),
    changed() {
      for (const listen of listeners) listen();
    },
  };
  const name = 'routing-control';
  return {
    service: {
      name: 'route53-recovery-cluster',
      client: '@aws-sdk/client-route53-recovery-cluster',
      actions: actionsOf(board, accountId, (asked = region) => {
        if (down.has(asked) || !CLUSTER_REGIONS.includes(asked)) throw endpointUnavailable(asked);
      }),
    },
    simulated: {
      name,
      seed(section) {
        panels.replace(readPanels(name, section, accountId));
        down.clear();
        board.changed();
      },
      show: () => showPanels(panels, down),
      faults: { 'routing-endpoint': endpointFault(down, region) },
    },
    isOn: (arn) => panels.find(arn)?.state === 'On',
    onChange: (listener) => void listeners.push(listener),
  };
}

function actionsOf(
  board: Switchboard,
  accountId: string,
  check: (region: string | undefined) => void,
): Record<string, Action> {
  function at<Input extends object>(run: (input: Input) => object): Action {
    return action((input: Input, { region }) => {
      check(region);
      return run(input);
    });
  }
  const { panels } = board;
  return {
    GetRoutingControlState: at((input: { RoutingControlArn: string | undefined }) =>
      getRoutingControlState(panels, input),
    ),
    ListRoutingControls: at((input: ListRoutingControlsRequest) =>
      listRoutingControls(panels, accountId, input),
    ),
    UpdateRoutingControlState: at((input: UpdateRoutingControlStateRequest) =>
      updateRoutingControlState(board, input),
    ),
    UpdateRoutingControlStates: at((input: UpdateRoutingControlStatesRequest) =>
      updateRoutingControlStates(board, input),
    ),
  };
}

function endpointFault(down: Set<string>, ownRegion: string): Fault {
  const aimed = (target = ownRegion): readonly string[] => {
    if (target === 'all') return CLUSTER_REGIONS;
    if (CLUSTER_REGIONS.includes(target)) return [target];
    const choice = [...CLUSTER_REGIONS, 'all'].join(', ');
    throw new UserError('usage', `No cluster endpoint is in "${target}": choose one of ${choice}`);
  };
  return {
    summary: 'A regional endpoint of the routing controls does not respond',
    target: 'a Region of the five endpoints, or all; the own Region by default',
    start(target) {
      const regions = aimed(target);
      for (const region of regions) down.add(region);
      return `the cluster endpoint in ${regions.join(', ')} does not respond`;
    },
    end(target) {
      const regions = aimed(target);
      for (const region of regions) down.delete(region);
      return `the cluster endpoint in ${regions.join(', ')} responds again`;
    },
  };
}

function showPanels(panels: ControlPanels, down: ReadonlySet<string>): JsonObject {
  return {
    controlPanels: panels.all().map(({ name, controls, rules }) => ({
      name,
      routingControls: Object.fromEntries(controls.map((each) => [each.name, each.state])),
      safetyRules: rules.map((rule) => rule.name),
    })),
    endpointsDown: [...down],
  };
}

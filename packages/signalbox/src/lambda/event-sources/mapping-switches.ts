import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { KeptMaps } from '../../core/kept-maps.ts';
import type { EventSourceMappingResource } from '../../template/app.ts';

/** The states that a mapping has here, in AWS's words. */
export type MappingState = 'Enabled' | 'Enabling' | 'Disabled' | 'Disabling';

/** Turns event source mappings on and off. */
export interface MappingSwitches {
  stateOf(mapping: EventSourceMappingResource): MappingState;
  /** @throws {AwsError} `ResourceInUseException` while it is being turned. */
  turn(mapping: EventSourceMappingResource, enabled: boolean): void;
  /** Keeps a mapping from ever getting through, until it is let go. */
  hold(uuid: string): void;
  letGo(uuid: string): void;
  /** As the template has it. */
  forget(uuid: string): void;
  /** Calls back whenever a mapping begins or ceases to poll. */
  onChange(listener: () => void): void;
}

/** AWS gives no figure; tens of seconds are common. */
const TURNING_MS = 15_000;

interface Turned {
  readonly enabled: boolean;
  /** What the template said then: once it says something else, it has the last word. */
  readonly deployed: boolean;
  readonly atMs: number;
}

/** Makes the switches; with a store, what was turned stays so. */
export function createMappingSwitches({
  clock,
  maps,
}: {
  readonly clock: Clock;
  readonly maps: KeptMaps;
}): MappingSwitches {
  const turned = maps.map<Turned>('lambda/mapping-switches');
  const held = new Set<string>();
  const listeners: (() => void)[] = [];
  const changed = (): void => {
    for (const listen of listeners) listen();
  };
  const nowMs = (): number => clock.now().getTime();
  const awaitEnd = ({ atMs }: Turned): void => void clock.at(atMs + TURNING_MS, changed);
  for (const one of turned.values()) if (one.atMs + TURNING_MS > nowMs()) awaitEnd(one);

  function stateOf({ uuid, enabled: deployed }: EventSourceMappingResource): MappingState {
    const last = turned.get(uuid);
    if (last === undefined || last.deployed !== deployed) return deployed ? 'Enabled' : 'Disabled';
    const isOver = !held.has(uuid) && nowMs() >= last.atMs + TURNING_MS;
    if (last.enabled) return isOver ? 'Enabled' : 'Enabling';
    return isOver ? 'Disabled' : 'Disabling';
  }

  return {
    stateOf,
    turn(mapping, enabled) {
      const state = stateOf(mapping);
      if (state === 'Enabling' || state === 'Disabling') throw inUse(state);
      if (enabled === (state === 'Enabled')) return;
      const one = { enabled, deployed: mapping.enabled, atMs: nowMs() };
      turned.set(mapping.uuid, one);
      awaitEnd(one);
      changed();
    },
    hold: (uuid) => void held.add(uuid),
    letGo(uuid) {
      if (held.delete(uuid)) changed();
    },
    forget(uuid) {
      held.delete(uuid);
      if (turned.delete(uuid)) changed();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Lambda API Reference, UpdateEventSourceMapping, "Errors". */
function inUse(state: MappingState): AwsError {
  const message = `The event source mapping is ${state}: it can be updated once it is Enabled or Disabled.`;
  return new AwsError('ResourceInUseException', message, { Type: 'User' });
}

import type { Clock } from '../core/clock.ts';
import type { Action, Caller, Service } from '../core/service.ts';
import { createPrincipals } from './principals.ts';
import { createRegistry } from './registry.ts';
import { type EndpointOptions, type Mount, startEndpoint } from './server.ts';

/** A clock that stands still and counts its holds. */
export function stillClock(): Clock & { readonly holds: { current: number; total: number } } {
  const holds = { current: 0, total: 0 };
  return {
    holds,
    now: () => new Date('2026-01-31T12:00:00.000Z'),
    at: () => ({ cancel: () => undefined }),
    hold() {
      holds.current += 1;
      holds.total += 1;
      return () => {
        holds.current -= 1;
      };
    },
    skippedMs: () => 0,
  };
}

/** One call as a service under test saw it. */
export interface SeenCall {
  readonly action: string;
  readonly input: object;
  readonly caller: Caller;
}

/** Starts an endpoint on a free port in front of services that return what a test says. */
export async function startTestEndpoint(
  services: readonly Service[],
  mounts: readonly Mount[] = [],
  listening: Pick<EndpointOptions, 'address' | 'allowedHosts' | 'startsOpen'> = {},
) {
  const bugs: unknown[] = [];
  const onBug = (bug: unknown) => void bugs.push(bug);
  const registry = createRegistry({ clock: stillClock(), onBug });
  for (const service of services) registry.add(service);
  const principals = createPrincipals({ accountId: '123456789012' });
  const endpoint = await startEndpoint({
    startsOpen: true,
    ...listening,
    port: 0,
    registry,
    principals,
    mounts,
    onBug,
  });
  return { ...endpoint, bugs, principals, registry };
}

/** Makes a service of given actions, and keeps the calls that it saw. */
export function fakeService(
  name: string,
  client: string,
  given: Readonly<Record<string, Action>>,
): Service & { readonly seen: SeenCall[] } {
  const seen: SeenCall[] = [];
  const actions = Object.fromEntries(
    Object.entries(given).map(([action, run]): [string, Action] => [
      action,
      (input, caller) => {
        seen.push({ action, input, caller });
        return run(input, caller);
      },
    ]),
  );
  return { name, client, actions, seen };
}

/** The options of an SDK client for an endpoint under test. */
export function clientOptions(url: string) {
  return {
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
}

import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import type { Action, Caller, Service, ServiceCall } from '../core/service.ts';
import { checkConstraints } from './constraints/check-constraints.ts';
import { refuseMembers } from './members/refuse-members.ts';

/** One call that went through the registry, as an observer sees it. */
export interface CallRecord {
  readonly service: string;
  readonly action: string;
  readonly input: object;
  readonly caller: Caller;
  /** Thrown by the action: an `AwsError`, or a bug of the rehearsal's. */
  readonly error?: unknown;
  /** On the rehearsal's clock, so that a call takes no time at all unless it waits. */
  readonly durationMs: number;
}

/** A call that goes wrong on purpose: refused before it is made, or made with its response lost. */
export interface InjectedFault {
  readonly when: 'before' | 'after';
  readonly error: AwsError;
}

/** Chooses which calls go wrong; undefined lets a call be. */
export type ChooseInjectedFault = (
  call: Omit<CallRecord, 'error' | 'durationMs'>,
) => InjectedFault | undefined;

/** Finds who acts instead of a service, such as AWS itself; undefined where the service does. */
export type ActInstead = (service: string, action: string, input: object) => Action | undefined;

/** The services of a Region by their names. */
export type ServicesByName = ReadonlyMap<string, Service>;

/**
 * Finds the services of the Region that a call asks; undefined where the services that were added answer: in
 * the app's own Region, and for services of all Regions.
 * @throws {AwsError} For what is no Region.
 */
export type FindElsewhere = (
  region: string,
  service: string,
) => Promise<ServicesByName> | undefined;

/** The clock and observers of a registry. */
export interface RegistryOptions {
  readonly clock: Clock;
  /** Sees every call after it ended. */
  readonly onCall?: (call: CallRecord) => void;
  readonly injectedFaultOf?: ChooseInjectedFault | undefined;
  readonly actInstead?: ActInstead | undefined;
  /** Called with an error of an action that is not an `AwsError`: a bug of the rehearsal's, with its stack. */
  readonly onBug: (bug: unknown, service: string, action: string) => void;
}

/** The services of one rehearsal and the one way to call them. */
export interface Registry {
  /** @throws {Error} When the name is taken. */
  add(service: Service): void;
  /** Lets calls of other Regions go to their own services; until then those that were added answer all. */
  routeRegions(find: FindElsewhere): void;
  readonly call: ServiceCall;
  /** Those that were added: of all Regions, and of the app's own. */
  readonly services: ServicesByName;
}

/**
 * Makes the one call path, on which workflow tasks, event targets and the HTTP endpoint meet.
 * The clock is held while an action runs, except for actions that wait on it by design.
 */
export function createRegistry({
  clock,
  onCall,
  injectedFaultOf,
  actInstead,
  onBug,
}: RegistryOptions): Registry {
  const services = new Map<string, Service>();
  let elsewhere: FindElsewhere = () => undefined;

  async function call(name: string, action: string, input: object, caller: Caller) {
    const startedAtMs = clock.now().getTime();
    const seen = (error?: unknown) =>
      onCall?.({
        service: name,
        action,
        input,
        caller,
        ...(error === undefined ? {} : { error }),
        durationMs: clock.now().getTime() - startedAtMs,
      });
    const injectedFault = injectedFaultOf?.({ service: name, action, input, caller });
    const attempt = async () => {
      if (injectedFault?.when === 'before') throw injectedFault.error;
      const other = actInstead?.(name, action, input);
      if (other !== undefined) {
        const elsewhere = { run: other, waits: false };
        return await runHolding(clock, elsewhere, () => undefined, input, caller);
      }
      const there = caller.region === undefined ? undefined : await elsewhere(caller.region, name);
      const served = servedBy(there ?? services, name, action);
      const check = () => checkInput(name, action, input);
      const output = await runHolding(clock, served, check, input, caller);
      if (injectedFault !== undefined) throw injectedFault.error;
      return output;
    };
    const output = await attempt().catch((error: unknown) => {
      if (!(error instanceof AwsError)) onBug(error, name, action);
      seen(error);
      throw error;
    });
    seen();
    return output;
  }

  function add(service: Service): void {
    if (services.has(service.name)) throw new Error(`Service added twice: "${service.name}"`);
    services.set(service.name, service);
  }

  function routeRegions(find: FindElsewhere): void {
    elsewhere = find;
  }

  return { add, routeRegions, call, services };
}

/** Refuses an action that nobody serves, and says what is served. */
export function unknownOperation(services: ServicesByName, name: string, action: string): AwsError {
  const service = services.get(name);
  const served =
    service === undefined
      ? `no service "${name}" is rehearsed; served services: ${[...services.keys()].sort().join(', ')}`
      : `served actions of ${name}: ${Object.keys(service.actions).sort().join(', ')}`;
  return new AwsError('UnknownOperationException', `Cannot run ${name}:${action}: ${served}`);
}

/** What AWS refuses comes first, in AWS's words; then what the rehearsal has not. */
function checkInput(name: string, action: string, input: object): void | Promise<void> {
  const checking = checkConstraints(name, action, input);
  if (checking === undefined) return refuseMembers(name, input);
  return checking.then(() => refuseMembers(name, input));
}

interface Served {
  readonly run: Action;
  readonly waits: boolean;
}

function servedBy(services: ServicesByName, name: string, action: string): Served {
  const service = services.get(name);
  if (service === undefined || !Object.hasOwn(service.actions, action)) {
    throw unknownOperation(services, name, action);
  }
  const run = service.actions[action];
  if (run === undefined) throw unknownOperation(services, name, action);
  return { run, waits: service.longPolls?.includes(action) ?? false };
}

async function runHolding(
  clock: Clock,
  { run, waits }: Served,
  check: () => void | Promise<void>,
  input: object,
  caller: Caller,
): Promise<object> {
  const release = waits ? () => {} : clock.hold();
  try {
    const checking = check();
    if (checking !== undefined) await checking;
    return await run(input, caller);
  } finally {
    release();
  }
}

import type { Bus } from '../bus/bus.ts';
import type { Connections } from '../connections/connections.ts';
import { loadConnections } from '../connections/load-connections.ts';
import { ownPromise } from '../core/bugs/own-promise.ts';
import type { Clock } from '../core/clock.ts';
import { foldedLines } from '../core/fold-problems.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { Problem, Result } from '../core/result.ts';
import type { ServiceCall } from '../core/service.ts';
import { invalid, UserError } from '../core/user-error.ts';
import type { Principals } from '../endpoint/principals.ts';
import type { Mount } from '../endpoint/server.ts';
import type { Executions } from '../executions/executions.ts';
import { stackStatusChange } from '../services/cloudformation/stack-status-change.ts';
import type { App } from '../template/app.ts';
import { remarkLines } from '../template/remark.ts';
import { apiMounts } from './api-mounts.ts';
import { defineAlarms } from './define-alarms.ts';
import { defineMachines } from './define-machines.ts';
import type { OpenedFunctions } from './open-functions.ts';
import type { OpenedSchedules } from './open-schedules.ts';
import type { OpenedServices } from './open-services.ts';
import { provision } from './provision.ts';
import { SEEDED_PARTS } from './surroundings/with-surroundings.ts';

/** All that has to follow when the app changes. */
export interface Followers {
  readonly opened: OpenedServices;
  readonly functions: OpenedFunctions;
  readonly executions: Executions;
  readonly bus: Bus;
  readonly connections: Connections;
  /** Takes the mounts of the APIs in place of those before. */
  readonly serve: (mounts: readonly Mount[]) => void;
  readonly schedules: OpenedSchedules;
  readonly clock: Clock;
  readonly call: ServiceCall;
  readonly principals: Principals;
  readonly endpointUrl: string;
  readonly accountId: string;
  readonly region: string;
  readonly say: (line: string) => void;
  readonly onBug: (bug: unknown) => void;
}

/** The app of a rehearsal as it changes. */
export interface FollowedApp {
  app(): App;
  /** The files that it was read from, and those in which something is wrong now. */
  sources(): readonly string[];
  /** @throws {UserError} With all that is wrong. */
  start(followers: Followers): Promise<void>;
  /** Takes what was read again; returns what is wrong, in whose place the old stays. */
  again(followers: Followers, read: Result<App>): Promise<readonly Problem[]>;
}

/** Follows an app from its first reading on. @throws {UserError} With all that is wrong with it. */
export function followApp(first: Result<App>, maps: KeptMaps): FollowedApp {
  const provisioned = maps.map<string>('stack/resources');
  if (!first.ok) throw invalid(first.problems);
  let current = first.value;
  let wrong: readonly Problem[] = [];
  return {
    app: () => current,
    sources: () => [...current.sources, ...wrong.flatMap(({ file }) => file ?? [])],
    async start(followers) {
      const problems = await take({ ...followers, provisioned }, current, undefined);
      if (problems.length > 0) throw invalid(problems);
      stackLines(current).forEach(followers.say);
      remarkLines(current.remarks, false).forEach(followers.say);
      publishStatus(followers, current, 'CREATE_COMPLETE');
      // Nobody waits for the bundles: a function that is called earlier is built for that call.
      const following = followers.functions.follow(current);
      const said = following.then((found) => foldedLines(found).forEach(followers.say));
      void ownPromise(said, followers.onBug);
    },
    async again(followers, read) {
      wrong = read.ok ? [] : read.problems;
      if (!read.ok) return wrong;
      const earlier = current;
      current = read.value;
      const problems = [
        ...seedAgain(followers, current, earlier),
        ...(await take({ ...followers, provisioned }, current, earlier)),
      ];
      const all = [...problems, ...(await followers.functions.follow(current))];
      if (all.length === 0) publishStatus(followers, current, 'UPDATE_COMPLETE');
      return all;
    },
  };
}

/** Says which stacks there are, where there are several side by side. */
function stackLines({ stackName, nestedStacks }: App): readonly string[] {
  const beside = nestedStacks.filter(({ parentId }) => parentId === undefined);
  const names = [stackName, ...beside.map((stack) => stack.stackName)];
  return beside.length === 0 ? [] : [`${names.length} stacks: ${names.join(', ')}`];
}

/** Seeds the services around the app again where the template says something new of what stands there. */
function seedAgain({ opened }: Followers, app: App, earlier: App): readonly Problem[] {
  const textOf = ({ surroundings }: App): string =>
    JSON.stringify(surroundings, (name, value) => (name === 'place' ? undefined : value));
  if (textOf(app) === textOf(earlier)) return [];
  try {
    opened.simulatedResources.reset(SEEDED_PARTS);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.length > 0 ? error.problems : [{ message: error.message }];
  }
}

function publishStatus(
  { bus }: Followers,
  app: App,
  status: Parameters<typeof stackStatusChange>[1],
): void {
  bus.publish(stackStatusChange(app, status));
}

async function take(
  followers: Followers & { readonly provisioned: Map<string, string> },
  app: App,
  earlier: App | undefined,
): Promise<readonly Problem[]> {
  const { opened } = followers;
  await provision(opened, app, followers.provisioned);
  await loadConnections(followers.connections, app, opened.secretsManager.createSecret);
  followers.serve(apiMounts({ ...followers, services: opened }, app));
  const { executions, say } = followers;
  return [
    ...defineMachines(executions, app, earlier, say),
    ...loadBus(followers, app),
    // Last, so that whoever waits for an alarm is there when it goes off.
    ...(await defineAlarms({ ...followers, services: opened }, app)),
  ];
}

function loadBus({ bus, schedules, say }: Followers, app: App): readonly Problem[] {
  try {
    foldedLines(bus.load(app)).forEach(say);
    schedules.scheduler.load(app);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ message: error.message }];
  }
}

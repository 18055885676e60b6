import type { KeptMaps } from '../core/kept-maps.ts';
import type { ServiceCall } from '../core/service.ts';
import type { Mount } from '../endpoint/server.ts';
import type { RegionStore } from '../store/open-store.ts';
import type { App } from '../template/app.ts';
import { noApp } from '../template/no-app.ts';
import type { createClosers } from './closers.ts';
import { type FunctionsOptions, type OpenedFunctions, openFunctions } from './open-functions.ts';
import { type OwnConsoleOptions, openOwnConsole } from './open-own-console.ts';
import { type OpenedServices, openServices } from './open-services.ts';
import type { SharedServices } from './open-shared-services.ts';
import { type OpenedWorkflows, openWorkflows, type WorkflowsOptions } from './open-workflows.ts';
import type { RegionServicesOptions } from './services-options.ts';

/** What a Region is opened with and has of its own. */
export interface OwnOfRegion {
  readonly region: string;
  /** Calls services from here. */
  readonly call: ServiceCall;
  readonly maps: KeptMaps;
  readonly store: RegionStore;
  /** The stack that is rehearsed here, as it is now; undefined where there is none. */
  readonly stack: () => App | undefined;
}

/** What all Regions are opened with alike. */
export type CommonOfRegions = Omit<
  RegionServicesOptions & FunctionsOptions & WorkflowsOptions & OwnConsoleOptions,
  keyof OwnOfRegion | 'app' | 'services' | 'observed' | 'onEvent'
> & {
  readonly closers: ReturnType<typeof createClosers>;
  readonly shared: SharedServices;
};

/** A Region of the rehearsal: its own states, buses, functions, tables, queues and schedules. */
export interface OpenedRegion extends Omit<OwnOfRegion, 'store'>, OpenedWorkflows {
  /** The app as it is now; without any resource where no stack is rehearsed. */
  app(): App;
  readonly opened: OpenedServices;
  readonly functions: OpenedFunctions;
  readonly console: Mount;
}

/**
 * Opens a Region: everything of it is there, and nothing of its stack yet.
 * @throws {UserError} When what is kept of it is damaged.
 */
export async function openRegion(own: OwnOfRegion, common: CommonOfRegions): Promise<OpenedRegion> {
  const { region, stack } = own;
  const { closers, shared, accountId } = common;
  const nothing = noApp({ region, accountId });
  const app = (): App => stack() ?? nothing;
  const base = { ...common, ...own, app };
  const console = openOwnConsole(base);
  const opened = await openServices({ ...base, app: stack }, shared);
  closers.add(opened.dynamoDb.close);
  const watched = { ...base, ...console.watch, services: opened };
  const functions = openFunctions(watched);
  closers.add(functions.close);
  const workflows = openWorkflows(watched);
  closers.add(workflows.close);
  console.sees(workflows.store);
  const services = [...opened.services, functions.service, ...workflows.services];
  return {
    ...{ ...own, ...workflows, app, opened, functions, services },
    console: console.mount,
  };
}

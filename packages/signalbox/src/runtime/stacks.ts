import { isRegionName, mapsIn } from '../core/in-region.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { Problem, Result } from '../core/result.ts';
import { UserError } from '../core/user-error.ts';
import type { App } from '../template/app.ts';
import { type FollowedApp, type Followers, followApp } from './follow-app.ts';
import { type AppOptions, readApp } from './read-app.ts';

/** The project, and the Regions in which its template is rehearsed. */
export interface StacksOptions extends Omit<AppOptions, 'region' | 'isApart'> {
  readonly root: string;
  /** The app's own Region first; that of samconfig.toml alone unless given. */
  readonly regions?: readonly string[] | undefined;
  readonly endpointUrl: string;
  readonly maps: KeptMaps;
}

/** The stack of one Region, as the template describes it there. */
export interface RehearsedStack {
  readonly region: string;
  readonly followed: FollowedApp;
  /** Reads the project's files again. */
  read(): Result<App>;
}

/** The stacks of a rehearsal: one template, a stack in each Region. */
export interface Stacks {
  /** The app's own Region. */
  readonly home: string;
  /** The app of that Region, as it is now. */
  app(): App;
  /** The app's own first. */
  readonly all: readonly RehearsedStack[];
  apps(): readonly App[];
  /** The app of a Region, as it is now; undefined where none is rehearsed. */
  appIn(region: string): App | undefined;
  /** The files that they were read from, and those in which something is wrong now. */
  sources(): readonly string[];
  /** Takes what was read again in every Region; returns what is wrong, each mistake once. */
  again(followersOf: (stack: RehearsedStack) => Followers): Promise<readonly Problem[]>;
}

/** Reads the stack of each Region. @throws {UserError} With all that is wrong, or for what is no Region. */
export function openStacks(options: StacksOptions): Stacks {
  const { regions = [], maps } = options;
  checkRegions(regions);
  const [first, ...others] = regions;
  const home = open(options, { region: first }, maps);
  const all = [
    home,
    ...others.map((region) => open(options, { region, isApart: true }, mapsIn(region, maps))),
  ];
  return {
    home: home.region,
    app: home.followed.app,
    all,
    apps: () => all.map(({ followed }) => followed.app()),
    appIn: (region) => all.find((stack) => stack.region === region)?.followed.app(),
    sources: () => [...new Set(all.flatMap(({ followed }) => followed.sources()))],
    async again(followersOf) {
      const problems: Problem[] = [];
      for (const stack of all) {
        problems.push(...(await stack.followed.again(followersOf(stack), stack.read())));
      }
      return [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
    },
  };
}

function open(
  options: StacksOptions,
  place: Pick<AppOptions, 'region' | 'isApart'>,
  maps: KeptMaps,
): RehearsedStack {
  const read = () => readApp(options.root, options.endpointUrl, { ...options, ...place });
  const followed = followApp(read(), maps);
  return { region: followed.app().region, followed, read };
}

function checkRegions(regions: readonly string[]): void {
  for (const [at, region] of regions.entries()) {
    const message = isRegionName(region)
      ? `${region} is named twice: a stack is rehearsed once in a Region`
      : `"${region}" is no Region: write one such as us-east-1, or several as us-east-1,us-west-2`;
    if (!isRegionName(region) || regions.indexOf(region) !== at) {
      throw new UserError('usage', message);
    }
  }
}

import { type ComponentType, lazy } from 'react';
import type { Text } from './strings.ts';

/** A page of the console; a new one is a folder of `pages/` and a line here. */
export interface Route {
  /** Begins the paths of the page; what follows is the name of what it shows. */
  readonly path: string;
  readonly title: Text;
  /** Whether it is in the navigation. */
  readonly isListed: boolean;
  /** Only a rehearsal has what it shows. */
  readonly isOfRehearsal?: boolean;
  readonly Page: Page;
  /** Asks for the page's script, which comes once. */
  readonly load: () => Promise<unknown>;
}

type Page = ComponentType<{ readonly name: string }>;

function loaded(load: () => Promise<Page>): Pick<Route, 'Page' | 'load'> {
  return { load, Page: lazy(async () => ({ default: await load() })) };
}

/** The pages in the order of the navigation. */
export const ROUTES: readonly Route[] = [
  {
    path: '/executions/',
    title: 'Execution',
    isListed: false,
    ...loaded(async () => (await import('../pages/execution/page.tsx')).ExecutionPage),
  },
  {
    path: '/workflows/',
    title: 'Workflow',
    isListed: false,
    ...loaded(async () => (await import('../pages/workflows/workflow.tsx')).WorkflowPage),
  },
  {
    path: '/executions',
    title: 'Executions',
    isListed: true,
    ...loaded(async () => (await import('../pages/executions/page.tsx')).ExecutionsPage),
  },
  {
    path: '/compare',
    title: 'Compare',
    isListed: false,
    ...loaded(async () => (await import('../pages/compare/page.tsx')).ComparePage),
  },
  {
    path: '/definitions',
    title: 'Compare definitions',
    isListed: false,
    ...loaded(async () => (await import('../pages/definitions/page.tsx')).DefinitionsPage),
  },
  {
    path: '/workflows',
    title: 'Workflows',
    isListed: true,
    ...loaded(async () => (await import('../pages/workflows/page.tsx')).WorkflowsPage),
  },
  {
    path: '/events',
    title: 'Events',
    isListed: true,
    ...loaded(async () => (await import('../pages/events/page.tsx')).EventsPage),
  },
  {
    path: '/functions',
    title: 'Functions',
    isListed: true,
    ...loaded(async () => (await import('../pages/functions/page.tsx')).FunctionsPage),
  },
  {
    path: '/metrics',
    title: 'Metrics and alarms',
    isListed: true,
    ...loaded(async () => (await import('../pages/metrics/page.tsx')).MetricsPage),
  },
  {
    path: '/',
    title: 'Home',
    isListed: true,
    ...loaded(async () => (await import('../pages/home/page.tsx')).HomePage),
  },
];

/** Finds the page of a path, and the name of what it shows. */
export function routeOf(
  path: string,
): { readonly route: Route; readonly name: string } | undefined {
  for (const route of ROUTES) {
    const isFolder = route.path.endsWith('/') && route.path !== '/';
    if (isFolder && path.startsWith(route.path) && path.length > route.path.length) {
      return { route, name: decodeURIComponent(path.slice(route.path.length)) };
    }
    if (path === route.path || path === `${route.path}/`) return { route, name: '' };
  }
  return undefined;
}

/** Asks for the script of a path's page ahead of its turn; what fails is said when the page is drawn. */
export function loadPageOf(path: string): void {
  routeOf(path === '' ? '/' : path)
    ?.route.load()
    .catch(() => undefined);
}

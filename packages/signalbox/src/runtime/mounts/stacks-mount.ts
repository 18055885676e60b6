import type { MountHandler } from './mount.ts';

/** The path of the Regions in which stacks are rehearsed. */
export const STACKS_MOUNT = '/_signalbox/stacks';

/** The app's own Region, and all Regions in which a stack is rehearsed now. */
export interface StacksSource {
  readonly home: string;
  readonly regions: () => readonly string[];
}

/** `GET /` returns the app's own Region and all that have a stack: what a client asks that names none. */
export function stacksHandler({ home, regions }: StacksSource): MountHandler {
  return ({ method, parts }) =>
    method === 'GET' && parts.length === 0 ? { home, regions: [...regions()] } : undefined;
}

/** The path of the console beside the AWS protocols. */
export const CONSOLE_PREFIX = '/_signalbox/console';

/** The path below which each Region of a rehearsal has its console, but for the app's own. */
export const REGIONS_PREFIX = '/_signalbox/regions';

/** The path of the console of a Region of a rehearsal. */
export function consolePrefix(region: string, home: string): string {
  return region === home ? CONSOLE_PREFIX : `${REGIONS_PREFIX}/${region}/console`;
}

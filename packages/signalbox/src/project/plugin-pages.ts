import type { ConsolePage } from '../console/server/console-page.ts';
import type { RehearsalPlugin } from '../rehearsal-plugin.ts';

/** Loads the pages that plug-ins add to the console. */
export async function loadPluginPages(
  plugins: readonly RehearsalPlugin[],
): Promise<readonly ConsolePage[]> {
  return (await Promise.all(plugins.map(async ({ pages }) => (await pages?.()) ?? []))).flat();
}

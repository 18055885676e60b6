import { CONSOLE_PREFIX, REGIONS_PREFIX } from '../../console/server/console-prefix.ts';
import type { Mount } from '../../endpoint/server.ts';
import { requestTargetOf } from '../../endpoint/wire/request-target.ts';
import { sendResponse } from '../../endpoint/wire/send-response.ts';

/**
 * Makes the mount of the consoles of Regions: `/<region>/console`, for those that are open; that of the app's
 * own Region leads to its plain path.
 */
export function regionConsoles(home: string, consoles: () => readonly Mount[]): Mount {
  return {
    prefix: REGIONS_PREFIX,
    handle(request, response) {
      const { path } = requestTargetOf(request);
      const found = consoles().find(({ prefix }) => `${path}/`.startsWith(`${prefix}/`));
      if (found !== undefined) return found.handle(request, response);
      if (path.startsWith(`${REGIONS_PREFIX}/${home}/console`)) {
        sendResponse(response, 302, { location: `${CONSOLE_PREFIX}/` }, '');
        return;
      }
      const message = `Nothing is at ${path}: a Region is here once something is deployed or called there`;
      const headers = { 'content-type': 'application/json' };
      sendResponse(response, 404, headers, JSON.stringify({ message }));
    },
  };
}

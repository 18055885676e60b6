import { APP } from './app.ts';
import { COMMON } from './common.ts';
import { COMPARE } from './compare.ts';
import { EVENTS } from './events.ts';
import { EXECUTION } from './execution.ts';
import { EXECUTIONS } from './executions.ts';
import { FAULTS } from './faults.ts';
import { FUNCTIONS } from './functions.ts';
import { HOME } from './home.ts';
import { METRICS } from './metrics.ts';
import { OWN_PAGES } from './own-pages.ts';
import { PLUGIN } from './plugin.ts';
import { WORKFLOWS } from './workflows.ts';

/** The console's texts in Korean, by their English; each page has a table of its own. */
export const KOREAN = {
  ...COMMON,
  ...APP,
  ...COMPARE,
  ...EVENTS,
  ...EXECUTION,
  ...EXECUTIONS,
  ...FAULTS,
  ...FUNCTIONS,
  ...HOME,
  ...METRICS,
  ...OWN_PAGES,
  ...PLUGIN,
  ...WORKFLOWS,
} as const;

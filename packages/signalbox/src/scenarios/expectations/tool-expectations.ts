import type { ExpectationKind } from '../scenario-extension.ts';
import { deadLetters, mutatingCalls } from './calls.ts';
import { executions } from './executions.ts';
import { metrics } from './metrics.ts';
import { objects } from './objects.ts';
import { published } from './published.ts';
import { queues } from './queues.ts';
import { resources } from './resources.ts';
import { tables } from './tables.ts';

/** The expectations that every scenario can have, in the order in which their differences are listed. */
export const TOOL_EXPECTATIONS: Readonly<Record<string, ExpectationKind>> = {
  ...{ executions, tables, queues, objects, resources },
  ...{ published, mutatingCalls, metrics, deadLetters },
};

import * as v from 'valibot';
import { stepKind } from '../scenario-extension.ts';

/** Lets a schedule of the template happen now, by its logical id; no other does. */
export const schedule = stepKind(v.string(), (logicalId, { stage }) =>
  stage.runSchedule(logicalId),
);

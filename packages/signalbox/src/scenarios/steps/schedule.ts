import { Text } from '../../core/schema/schema.ts';
import { stepKind } from '../scenario-extension.ts';

/** Lets a schedule of the template happen now, by its logical id; no other does. */
export const schedule = stepKind(Text, (logicalId, { stage }) => stage.runSchedule(logicalId));

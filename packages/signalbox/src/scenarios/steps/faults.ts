import * as v from 'valibot';
import { listOf, Text } from '../../core/schema/schema.ts';
import { stepKind } from '../scenario-extension.ts';
import { endFault, startFault } from '../start-fault.ts';

const FaultTargets = listOf(v.pipe(Text, v.regex(/^[^:]+(:.+)?$/, 'Write fault or fault:target')));

/** Starts faults of simulated resources, such as `database:web-data`. */
export const breakFaults = stepKind(FaultTargets, async (targets, { stage }) => {
  for (const target of targets) startFault(stage, target);
});

/** Ends faults of simulated resources. */
export const mendFaults = stepKind(FaultTargets, async (targets, { stage }) => {
  for (const target of targets) endFault(stage, target);
});

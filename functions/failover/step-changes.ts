import { type InferOutput, object, picklist, string } from 'valibot';
import { readItem } from '../shared/dynamodb.ts';
import type { Mode } from './steps/step-kind.ts';

/** What an operator may do to a step of a run that is under way. */
export const ChangeActionSchema = picklist(['skip', 'ungraceful']);

/** What an operator may do to a step. */
export type ChangeAction = InferOutput<typeof ChangeActionSchema>;

/** An operator's change of a step, as the trail has it. */
export const StepChangeSchema = object({
  at: string(),
  stepId: string(),
  action: ChangeActionSchema,
  /** The ARN of who asked for it. */
  by: string(),
  reason: string(),
});

/** An operator's change of a step. */
export type StepChange = InferOutput<typeof StepChangeSchema>;

/** The changes of one step; none of an action that nobody asked for. */
export type StepChanges = { readonly [Action in ChangeAction]?: StepChange | undefined };

/** The trail's id of a change: each is made once. */
export function changeId(stepId: string, action: ChangeAction): string {
  return `operator#${stepId}#${action}`;
}

/** Reads what operators have changed of a step. */
export async function readChanges(
  tableName: string,
  failoverId: string,
  stepId: string,
): Promise<StepChanges> {
  const read = (action: ChangeAction) =>
    readItem(tableName, { failoverId, entryId: changeId(stepId, action) }, StepChangeSchema);
  const [skip, ungraceful] = await Promise.all([read('skip'), read('ungraceful')]);
  return { skip, ungraceful };
}

/** The way in which a step is done: the run's, unless an operator has changed it. */
export function modeOf(mode: Mode, { ungraceful }: StepChanges): Mode {
  return ungraceful === undefined ? mode : 'ungraceful';
}

/** Says who skipped a step, and why. */
export function skippedText({ by, reason }: StepChange): string {
  return `Skipped by ${by}: ${reason}`;
}

import { integer, maxValue, minLength, minValue, number, optional, pipe, string } from 'valibot';

/** The fields of every step: how long it may take, and how often one looks whether it is done. */
export function stepFields(timeoutSeconds: number, waitSeconds: number) {
  return {
    stepId: optional(string(), ''),
    timeoutSeconds: optional(
      pipe(number(), integer(), minValue(30), maxValue(1_800)),
      timeoutSeconds,
    ),
    waitSeconds: optional(pipe(number(), integer(), minValue(1), maxValue(60)), waitSeconds),
  };
}

/** A name that is not empty. */
export const NameSchema = pipe(string(), minLength(1, 'Is empty'));

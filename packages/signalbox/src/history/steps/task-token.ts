/**
 * Finds the task token in what a task was given: a history has no other place for it.
 *
 * @param parameters JSON text of the task's parameters, in which a payload may be a text of its own.
 */
export function tokenIn(parameters: string | undefined): string | undefined {
  return /"(?:taskToken|TaskToken|token)\\?"\s*:\s*\\?"([^"\\]{100,})\\?"/i.exec(
    parameters ?? '',
  )?.[1];
}

import type {
  ValidateStateMachineDefinitionInput,
  ValidateStateMachineDefinitionOutput,
} from '@aws-sdk/client-sfn';
import { readDefinition } from '../definition.ts';
import { required } from '../members.ts';
import type { StatesContext } from '../states-context.ts';

const DEFAULT_DIAGNOSTICS = 100;

/** ValidateStateMachineDefinition: says all that is wrong, and creates nothing. */
export function validateStateMachineDefinition(
  context: StatesContext,
  input: ValidateStateMachineDefinitionInput,
): ValidateStateMachineDefinitionOutput {
  const definition = required('definition', input.definition);
  const read = readDefinition(definition, context.rulesFor(input.type ?? 'STANDARD'));
  // AWS reports warnings only where the request's severity includes them.
  const wanted = read.diagnostics.filter(
    ({ severity }) => severity === 'ERROR' || input.severity === 'WARNING',
  );
  const shown = wanted.slice(0, input.maxResults || DEFAULT_DIAGNOSTICS);
  return {
    result: read.machine === undefined ? 'FAIL' : 'OK',
    diagnostics: shown.map(({ severity, code, message, location }) => ({
      severity,
      code,
      message,
      ...(location === undefined ? {} : { location }),
    })),
    truncated: shown.length < wanted.length,
  };
}

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
  if (read.ok) return { result: 'OK', diagnostics: [], truncated: false };
  const most =
    input.maxResults === undefined || input.maxResults === 0
      ? DEFAULT_DIAGNOSTICS
      : input.maxResults;
  const diagnostics = read.diagnostics.slice(0, most);
  return {
    result: 'FAIL',
    diagnostics,
    truncated: diagnostics.length < read.diagnostics.length,
  };
}

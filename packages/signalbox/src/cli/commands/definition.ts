import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Json, JsonObject } from '../../core/json.ts';
import type { AddCommand } from '../add-command.ts';
import type { Session } from '../session.ts';
import { physicalId } from '../stack.ts';

/** `definition`: a workflow of the project, or of a deployed stack, as the engine understands it. */
export const addDefinition: AddCommand = (program, sessionOf) => {
  program
    .command('definition <workflow>')
    .description(
      'print a workflow of the template, or of a deployed stack, as JSON (logical id, name or file): with substitutions made and the defaults of Retry written out',
    )
    .action(async (workflow: string, _options, command) => {
      const session = sessionOf(command);
      const definition = await readDefinition(session, workflow);
      session.output.result({ definition }, () => [JSON.stringify(definition, null, 2)]);
    });
};

async function readDefinition(session: Session, workflow: string): Promise<JsonObject> {
  const { normalised, normalisedDefinition } = await import('../normalised-definition.ts');
  const isDeployed = session.endpoint === undefined || session.stack !== undefined;
  if (!isDeployed) return normalisedDefinition(session.project, workflow);
  const stateMachineArn = workflow.startsWith('arn:')
    ? workflow
    : await physicalId(session, 'AWS::StepFunctions::StateMachine', workflow);
  const client = new SFNClient(session.client);
  const found = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const definition: Json = JSON.parse(found.definition ?? '{}');
  return normalised(definition);
}

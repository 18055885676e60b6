import { isJsonObject } from '../../core/json.ts';
import type { StateMachineResource } from '../app.ts';
import { lineOf } from '../document/line-of.ts';
import { type Node, toJson } from '../document/node.ts';
import { arnOf } from '../stack.ts';
import { readDefinition } from './definition.ts';
import type { Reading, ResourceType } from './resource-type.ts';
import { roleArnOf } from './role-arn.ts';

export const stateMachine: ResourceType = {
  type: 'AWS::StepFunctions::StateMachine',
  nameProperty: 'StateMachineName',
  maxNameLength: 80,
  supported: [
    'Definition',
    'DefinitionS3Location',
    'DefinitionString',
    'DefinitionSubstitutions',
    'RoleArn',
    'StateMachineName',
    'StateMachineType',
  ],
  inert: ['EncryptionConfiguration', 'LoggingConfiguration', 'Tags', 'TracingConfiguration'],
  identify: ({ name, stack }) => {
    const arn = arnOf(stack, 'states', `stateMachine:${name}`);
    return { physicalId: arn, ref: arn, attributes: { Arn: arn, Name: name } };
  },
  read: (reading) => {
    const machine = readStateMachine(reading);
    return machine === undefined ? {} : { stateMachines: [machine] };
  },
};

function readStateMachine(reading: Reading): StateMachineResource | undefined {
  const { resource, name, identity, properties } = reading;
  const type = properties.choice('StateMachineType', ['STANDARD', 'EXPRESS'], 'STANDARD');
  const roleArn = roleArnOf(reading, 'RoleArn');
  const root: Node | undefined = readDefinition(reading);
  const definition = root === undefined ? undefined : toJson(root);
  if (root === undefined || !isJsonObject(definition)) {
    if (root !== undefined && root.kind !== 'broken') {
      reading.report.at(root.place, 'A state machine definition is a map with StartAt and States');
    }
    return undefined;
  }
  return {
    logicalId: resource.logicalId,
    path: reading.path,
    name,
    arn: identity.ref,
    roleArn,
    type,
    definition,
    definitionFile: root.place.file,
    lineOf: (path) => lineOf(root, path),
    place: { file: resource.place.file, line: resource.place.line },
  };
}

import { posix } from 'node:path';
import { mapNode, type Node, textNode, valueAt } from './document/node.ts';
import { globalArnOf, type Stack } from './stack.ts';

/** Returns whether a document is a definition of a state machine, and no template. */
export function isDefinition(document: Node): boolean {
  const has = (key: string): boolean => valueAt(document, key) !== undefined;
  return has('StartAt') && has('States') && !has('Resources');
}

/**
 * Writes the template that a definition alone stands for: one machine, with the file's name.
 * @param document The definition.
 * @param file Where it stands, relative to the project's root.
 * @param stack The stack that it is read as.
 * @returns A template of one state machine.
 * @example
 * templateOfDefinition(document, 'flows/order.asl.json', stack); // a machine called order
 */
export function templateOfDefinition(document: Node, file: string, stack: Stack): Node {
  const { place } = document;
  const text = (value: string): Node => textNode(value, place);
  const name = posix.basename(file).replace(/(\.asl)?\.(json|ya?ml)$/, '');
  const machine = mapNode(
    {
      Type: text('AWS::StepFunctions::StateMachine'),
      Properties: mapNode(
        {
          StateMachineName: text(name),
          DefinitionS3Location: text(posix.basename(file)),
          RoleArn: text(globalArnOf(stack, 'iam', `role/${name}`)),
        },
        place,
      ),
    },
    place,
  );
  const words = name.split(/[^A-Za-z0-9]+/);
  const logicalId = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return mapNode({ Resources: mapNode({ [logicalId]: machine }, place) }, place);
}

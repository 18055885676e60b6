import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../core/aws-error.ts';
import { errorShapeOf } from '../endpoint/wire/error-shape.ts';
import { loadModel } from '../endpoint/wire/service-model.ts';
import { javaMemberName } from '../executions/tasks/java-names.ts';
import type { SdkMember, SdkModels, SdkShape } from '../executions/tasks/sdk-shape.ts';

/** Reads the shapes of actions out of the schemas of the SDK clients that the services name. */
export function sdkModels(clientOf: (service: string) => string | undefined): SdkModels {
  return {
    async action(service, action) {
      const client = clientOf(service);
      if (client === undefined) return undefined;
      const operation = (await loadModel(client)).operations.get(action);
      if (operation === undefined) return undefined;
      return { input: shapeOf(operation.input), output: shapeOf(operation.output) };
    },
    async error(service, name) {
      const client = clientOf(service);
      if (client === undefined) return undefined;
      const { status, schema } = errorShapeOf(new AwsError(name, ''), await loadModel(client));
      return { status, isModelled: schema !== undefined };
    },
  };
}

function shapeOf(schema: NormalizedSchema): SdkShape {
  if (schema.isListSchema()) return { kind: 'list', items: () => shapeOf(schema.getValueSchema()) };
  if (schema.isMapSchema()) return { kind: 'map', items: () => shapeOf(schema.getValueSchema()) };
  if (schema.isStructSchema()) return structureOf(schema);
  if (schema.isTimestampSchema()) return { kind: 'timestamp' };
  if (schema.isBlobSchema()) return { kind: 'blob' };
  return { kind: schema.isNumericSchema() ? 'number' : 'other' };
}

function structureOf(schema: NormalizedSchema): SdkShape {
  let found: ReadonlyMap<string, SdkMember> | undefined;
  return {
    kind: 'structure',
    members() {
      found ??= new Map(
        Array.from(schema.structIterator(), ([name, member]) => [
          javaMemberName(name),
          { name, shape: shapeOf(member) },
        ]),
      );
      return found;
    },
  };
}

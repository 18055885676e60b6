import type { NormalizedSchema } from '@smithy/core/schema';
import { loadModel } from '../endpoint/wire/service-model.ts';
import type { OutputShape, OutputShapes } from '../executions/test-state/output-shape.ts';

/** Reads the outputs of actions out of the schemas of the SDK clients that the services name. */
export function outputShapes(clientOf: (service: string) => string | undefined): OutputShapes {
  return async (service, action) => {
    const client = clientOf(service);
    if (client === undefined) return undefined;
    const { operations } = await loadModel(client);
    const output = operations.get(action)?.output;
    return output === undefined ? undefined : shapeOf(output);
  };
}

function shapeOf(schema: NormalizedSchema): OutputShape {
  if (schema.isListSchema()) return { kind: 'list', items: () => shapeOf(schema.getValueSchema()) };
  if (schema.isMapSchema()) return { kind: 'map', items: () => shapeOf(schema.getValueSchema()) };
  if (schema.isStructSchema()) return structureOf(schema);
  if (schema.isNumericSchema()) return { kind: 'number' };
  if (schema.isBooleanSchema()) return { kind: 'boolean' };
  if (schema.isStringSchema() || schema.isTimestampSchema() || schema.isBlobSchema()) {
    return { kind: 'text' };
  }
  return { kind: 'any' };
}

function structureOf(schema: NormalizedSchema): OutputShape {
  const names: string[] = [];
  const members = new Map<string, OutputShape>();
  let isFilled = false;
  for (const [name] of schema.structIterator()) names.push(pascalCase(name));
  return {
    kind: 'structure',
    required: names.slice(0, requiredCount(schema)),
    members() {
      if (!isFilled) {
        for (const [name, member] of schema.structIterator()) {
          members.set(pascalCase(name), shapeOf(member));
        }
        isFilled = true;
      }
      return members;
    },
  };
}

/** A static schema of a structure names its required members first, and at its end how many they are. */
function requiredCount(schema: NormalizedSchema): number {
  const raw: unknown = schema.getSchema();
  const count: unknown = Array.isArray(raw) ? raw[6] : undefined;
  return typeof count === 'number' ? count : 0;
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

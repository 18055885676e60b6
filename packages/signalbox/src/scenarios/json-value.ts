import * as v from 'valibot';
import type { Json, JsonObject } from '../core/json.ts';
import { mapOf } from '../core/schema/schema.ts';

/** Any value of a scenario file, which is JSON. */
export const JsonValue: v.GenericSchema<unknown, Json> = v.custom<Json>(
  (value) => value !== undefined,
);

/** Any object of a scenario file, such as values at paths like `rds.web-data.writer`. */
export const JsonRecord: v.GenericSchema<unknown, JsonObject> = mapOf(JsonValue);

import type { JsonObject } from '../core/json.ts';

/** JSON Schemas (draft 7) of what commands print with `--json`. */
export interface OutputSchemaFile {
  /** What the schemas of the commands refer to, as `#/definitions/…`. */
  readonly definitions: JsonObject;
  /** By the words of the command, such as `event ls`; where a command streams, of each line. */
  readonly commands: Readonly<Record<string, JsonObject>>;
}

import type { Json, JsonObject } from '../../src/core/json.ts';
import { isJsonObject } from '../../src/core/json.ts';
import type { TaskResult } from '../../src/states-language/task-result.ts';

/** The objects of S3 that a recording's setup put there, for item readers and result writers. */
export class RecordedBucket {
  readonly #bodies = new Map<string, string>();

  constructor(setup: readonly JsonObject[]) {
    for (const { op, args } of setup) {
      if (op !== 'put_object' || !isJsonObject(args)) continue;
      this.#bodies.set(placeOf(args), String(args['Body'] ?? ''));
    }
  }

  /** Returns the result of a call of the `s3` integration; undefined where it is none. */
  resultOf(resource: string, parameters: Json): TaskResult | undefined {
    if (!isJsonObject(parameters)) return undefined;
    switch (resource) {
      case 'arn:aws:states:::s3:getObject':
        return this.#get(parameters);
      // The recording says what a Task reads that is not here.
      case 'arn:aws:states:::aws-sdk:s3:getObject':
        return this.#bodies.has(placeOf(parameters)) ? this.#get(parameters) : undefined;
      case 'arn:aws:states:::s3:putObject':
        this.#bodies.set(placeOf(parameters), String(parameters['Body']));
        return { kind: 'succeeded', output: {} };
      case 'arn:aws:states:::s3:listObjectsV2':
        return { kind: 'succeeded', output: { Contents: this.#list(parameters) } };
      default:
        return undefined;
    }
  }

  #get(parameters: JsonObject): TaskResult {
    const body = this.#bodies.get(placeOf(parameters));
    if (body !== undefined) return { kind: 'succeeded', output: { Body: body } };
    return { kind: 'failed', error: 'S3.NoSuchKeyException', cause: 'No such key' };
  }

  #list({ Bucket: bucket, Prefix: prefix }: JsonObject): readonly Json[] {
    const start = `${String(bucket)}/${prefix === undefined ? '' : String(prefix)}`;
    return [...this.#bodies]
      .filter(([place]) => place.startsWith(start))
      .map(([place, body]) => ({
        Key: place.slice(String(bucket).length + 1),
        Size: new TextEncoder().encode(body).length,
        StorageClass: 'STANDARD',
      }));
  }
}

function placeOf({ Bucket: bucket, Key: key }: JsonObject): string {
  return `${String(bucket)}/${String(key)}`;
}

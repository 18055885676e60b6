import { jsonText } from '../../core/exact-json/exact-number.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { ResultWriter } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import { evaluate } from '../evaluate.ts';
import type { EndedChild, MapRun } from '../ports.ts';
import type { Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import type { TaskResult } from '../task-result.ts';

/**
 * Makes the Map's result: the outputs of its child executions, or where ResultWriter put them in S3
 * (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).
 */
export async function writeResults(
  writer: ResultWriter | undefined,
  visit: Visit,
  input: Json,
  mapRun: MapRun,
  children: readonly EndedChild[],
): Promise<TaskResult> {
  if (writer?.resource === undefined)
    return { kind: 'succeeded', output: outputsOf(writer, children) };
  const parameters = await parametersOf(writer, visit, input);
  const bucket = String(parameters['Bucket'] ?? '');
  const prefix = String(parameters['Prefix'] ?? '').replace(/\/$/, '');
  const folder = `${prefix === '' ? '' : `${prefix}/`}${mapRun.arn.split(':').at(-1) ?? ''}`;
  const put = (name: string, body: Json | string): Promise<number> =>
    putObject(writer, visit, { Bucket: bucket, Key: `${folder}/${name}`, Body: textOf(body) });
  const files: Record<string, Json> = {};
  for (const status of ['FAILED', 'PENDING', 'SUCCEEDED'] as const) {
    const ended = children.filter((child) => statusOf(child) === status);
    if (ended.length === 0) {
      files[status] = [];
      continue;
    }
    const extension = writer.outputType === 'JSONL' ? 'jsonl' : 'json';
    const name = `${status}_0.${extension}`;
    const size = await put(name, fileText(writer, ended));
    files[status] = [{ Key: `${folder}/${name}`, Size: size }];
  }
  await put('manifest.json', {
    DestinationBucket: bucket,
    MapRunArn: mapRun.arn,
    ResultFiles: files,
  });
  const output = {
    MapRunArn: mapRun.arn,
    ResultWriterDetails: { Bucket: bucket, Key: `${folder}/manifest.json` },
  };
  return { kind: 'succeeded', output };
}

async function parametersOf(writer: ResultWriter, visit: Visit, input: Json): Promise<JsonObject> {
  if (writer.parameters === undefined) return {};
  const parameters = await evaluate(writer.parameters, { visit, root: input });
  return isJsonObject(parameters) ? parameters : {};
}

function outputsOf(writer: ResultWriter | undefined, children: readonly EndedChild[]): Json {
  if (writer?.transformation === 'NONE') return children.map(metadataOf);
  const outputs = children.flatMap(({ result }) =>
    result.kind === 'succeeded' ? [result.output] : [],
  );
  return writer?.transformation === 'FLATTEN' ? outputs.flat() : outputs;
}

function statusOf({ result }: EndedChild): 'SUCCEEDED' | 'FAILED' {
  return result.kind === 'succeeded' ? 'SUCCEEDED' : 'FAILED';
}

/** A child execution as ResultWriter writes it. */
function metadataOf(child: EndedChild): JsonObject {
  const { result } = child;
  return {
    ExecutionArn: child.executionArn,
    Input: jsonText(child.input),
    InputDetails: { Included: true },
    Name: child.name,
    ...(result.kind === 'succeeded'
      ? { Output: jsonText(result.output), OutputDetails: { Included: true } }
      : {
          ...(result.error === undefined ? {} : { Error: result.error }),
          ...(result.cause === undefined ? {} : { Cause: result.cause }),
        }),
    RedriveCount: child.redriveCount,
    RedriveStatus: result.kind === 'succeeded' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    ...(result.kind === 'succeeded'
      ? { RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' }
      : {}),
    StartDate: child.startedAt,
    StateMachineArn: child.stateMachineArn,
    Status: statusOf(child),
    StopDate: child.stoppedAt,
  };
}

function fileText(writer: ResultWriter, children: readonly EndedChild[]): string {
  const results: Json = children.every((child) => statusOf(child) === 'FAILED')
    ? children.map(metadataOf)
    : outputsOf(writer, children);
  if (writer.outputType === 'JSON' || !Array.isArray(results)) return jsonText(results);
  return results.map((result: Json) => jsonText(result)).join('\n');
}

function textOf(body: Json): string {
  return typeof body === 'string' ? body : jsonText(body);
}

/** Writes one object; returns its size in bytes. */
async function putObject(
  { resource }: ResultWriter,
  visit: Visit,
  parameters: { readonly Bucket: string; readonly Key: string; readonly Body: string },
): Promise<number> {
  const { run, stateName, retryCount } = visit;
  const request = {
    resource: resource?.text ?? '',
    parameters: { ...parameters },
    taskToken: undefined,
    roleArn: undefined,
    stateName,
    retryCount,
  };
  const result = await run.ports.invoke(request, run.signal);
  if (result.kind === 'failed') {
    throw new StateFailure(ERROR.resultWriterFailed, result.cause ?? result.error ?? '', {
      bare: true,
    });
  }
  return new TextEncoder().encode(parameters.Body).length;
}

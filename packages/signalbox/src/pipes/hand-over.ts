import type { Json, JsonObject } from '../core/json.ts';
import { withParsedBody } from '../event-patterns/source-filter.ts';
import type { PipeResource } from '../template/pipe-resource.ts';
import { deliver, type EndOptions, enrich } from './call-end.ts';
import { fillInput, type PipeNames } from './fill-input.ts';

/** Filters are behind: enriches a batch and delivers it. @throws {AwsError} */
export async function handOver(
  pipe: PipeResource,
  events: readonly JsonObject[],
  options: EndOptions,
): Promise<void> {
  const { enrichment, target } = pipe;
  const names = namesOf(pipe);
  const input = events.map((event) => filled(enrichment?.inputTemplate, event, names));
  const enriched =
    enrichment === undefined ? input : await enrich(pipe, enrichment, input, options);
  const batch = Array.isArray(enriched) ? enriched : [enriched];
  if (batch.length === 0) return;
  await deliver(
    pipe,
    batch.map((event: Json) => filled(target.inputTemplate, event, names)),
    options,
  );
}

function filled(template: string | undefined, event: Json, names: PipeNames): Json {
  if (template === undefined) return event;
  // AWS: a body of JSON is read before the template is filled in.
  return fillInput(template, withParsedBody(event), names);
}

function namesOf({ arn, name, sourceArn, target, enrichment }: PipeResource): PipeNames {
  return {
    'aws.pipes.pipe-arn': arn,
    'aws.pipes.pipe-name': name,
    'aws.pipes.source-arn': sourceArn,
    'aws.pipes.target-arn': target.arn,
    ...(enrichment && { 'aws.pipes.enrichment-arn': enrichment.arn }),
  };
}

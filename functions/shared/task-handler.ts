import type { Context } from 'aws-lambda';
import { type GenericSchema, type InferOutput, safeParse } from 'valibot';
import { InvalidTaskInputError } from './errors.ts';
import { asError, logger } from './logger.ts';
import { inputProblems, problemsText } from './problems.ts';
import { countRefusal, isRefusal } from './refusal.ts';

interface TaskDefinition<Schema extends GenericSchema, Output> {
  readonly input: Schema;
  /** The subject of the call, such as an order's id: the log's correlation id. */
  readonly correlationId: (input: InferOutput<Schema>) => string | undefined;
  readonly run: (input: InferOutput<Schema>) => Promise<Output>;
}

/** Makes the Lambda handler of a workflow task: reads its input, correlates its logs, passes its errors on. */
export function taskHandler<Schema extends GenericSchema, Output>({
  input: schema,
  correlationId,
  run,
}: TaskDefinition<Schema, Output>): (event: unknown, context: Context) => Promise<Output> {
  return async (event, context) => {
    logger.addContext(context);
    const input = readInput(schema, event);
    logger.setCorrelationId(correlationId(input));
    try {
      return await run(input);
    } catch (error) {
      // The workflow decides what a failure means; the log keeps its name, never the payload.
      logger.warn('Task failed', asError(error));
      if (isRefusal(error)) countRefusal();
      throw error;
    } finally {
      logger.resetKeys();
    }
  };
}

/**
 * Reads what the workflow passed.
 * @throws {InvalidTaskInputError} When it does not fit.
 */
function readInput<Schema extends GenericSchema>(
  schema: Schema,
  event: unknown,
): InferOutput<Schema> {
  const parsed = safeParse(schema, event);
  if (!parsed.success) {
    throw new InvalidTaskInputError(
      `Cannot read the task's input: ${problemsText(inputProblems(parsed.issues))}`,
    );
  }
  return parsed.output;
}

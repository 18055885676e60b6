import * as v from 'valibot';
import { isJsonObject } from '../../core/json.ts';
import { withTimes } from '../../core/relative-time.ts';
import { fields, Text } from '../../core/schema/schema.ts';
import { JsonRecord } from '../json-value.ts';
import { stepKind } from '../scenario-extension.ts';
import { withPhysicalIds } from '../with-physical-ids.ts';

/**
 * Calls an action of an AWS API by the signing name of the service, such as `states` and
 * `StartExecution`; `${LogicalId}` in the input stands for a physical id.
 */
export const call = stepKind(
  fields({
    service: Text,
    action: Text,
    input: v.optional(JsonRecord, {}),
    /** The error that the service must return. */
    error: v.optional(Text),
  }),
  async ({ service, action, input, error }, { stage, startedAt, omit }) => {
    const value = withPhysicalIds(withTimes(input, startedAt), stage);
    const got = await errorOf(stage.call(service, action, isJsonObject(value) ? value : {}));
    if (got?.name === error) return;
    const came = got === undefined ? 'it succeeded' : `got ${got.name}: ${got.message}`;
    omit(
      `the call ${service}:${action} ${error === undefined ? 'failed' : `did not fail with ${error}`}: ${came}`,
    );
  },
);

async function errorOf(called: Promise<object>): Promise<Error | undefined> {
  try {
    await called;
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

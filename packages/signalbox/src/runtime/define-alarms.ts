import { AwsError } from '../core/aws-error.ts';
import type { Problem } from '../core/result.ts';
import type { Caller, ServiceCall } from '../core/service.ts';
import type { CloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import type { App, SourcePlace } from '../template/app.ts';

/** AWS: CloudFormation makes a stack's alarms. */
const CLOUDFORMATION: Caller = { arn: 'cloudformation.amazonaws.com' };

/** The call path and the service that alarms are put through. */
export interface DefineAlarmsOptions {
  readonly call: ServiceCall;
  readonly services: { readonly cloudWatch: Pick<CloudWatch, 'evaluateNew'> };
}

interface Definition {
  readonly name: string;
  readonly action: 'PutMetricAlarm' | 'PutCompositeAlarm';
  readonly input: object;
  readonly place: SourcePlace;
}

/**
 * Gives the template's alarms to CloudWatch, those that changed anew, and takes away those that it
 * no longer has. Returns what is wrong, with file and line; an alarm with a problem stays as it was.
 */
export async function defineAlarms(
  { call, services }: DefineAlarmsOptions,
  app: App,
  earlier: App | undefined,
): Promise<readonly Problem[]> {
  const wanted = definitionsOf(app);
  const before = new Map(earlier && definitionsOf(earlier).map((one) => [one.name, one]));
  const names = new Set(wanted.map(({ name }) => name));
  const gone = [...before.keys()].filter((name) => !names.has(name));
  const changed = wanted.filter(
    ({ name, input }) => JSON.stringify(input) !== JSON.stringify(before.get(name)?.input),
  );
  const problems = await putAll(call, changed);
  for (const name of gone) await tryTo(call, 'DeleteAlarms', { AlarmNames: [name] });
  services.cloudWatch.evaluateNew();
  return problems;
}

function definitionsOf({ alarms, compositeAlarms }: App): readonly Definition[] {
  return [
    ...alarms.map(
      ({ name, putMetricAlarm: input, place }) =>
        ({ name, action: 'PutMetricAlarm', input, place }) as const,
    ),
    ...compositeAlarms.map(
      ({ name, putCompositeAlarm: input, place }) =>
        ({ name, action: 'PutCompositeAlarm', input, place }) as const,
    ),
  ];
}

/** A composite alarm is put after its children: what is refused is tried again while others are taken. */
async function putAll(
  call: ServiceCall,
  definitions: readonly Definition[],
): Promise<readonly Problem[]> {
  const refused: { readonly definition: Definition; readonly message: string }[] = [];
  for (const definition of definitions) {
    const message = await tryTo(call, definition.action, definition.input);
    if (message !== undefined) refused.push({ definition, message });
  }
  if (refused.length > 0 && refused.length < definitions.length) {
    return putAll(
      call,
      refused.map(({ definition }) => definition),
    );
  }
  return refused.map(({ definition: { name, place }, message }) => ({
    ...place,
    message: `Alarm ${name}: ${message}`,
  }));
}

/** Returns the refusal's message; undefined when there is none. */
async function tryTo(
  call: ServiceCall,
  action: string,
  input: object,
): Promise<string | undefined> {
  try {
    await call('monitoring', action, input, CLOUDFORMATION);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

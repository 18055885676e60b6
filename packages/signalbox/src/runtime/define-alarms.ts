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
  /** What the template said of each resource last. */
  readonly provisioned: Map<string, string>;
}

interface Definition {
  readonly name: string;
  readonly action: 'PutMetricAlarm' | 'PutCompositeAlarm';
  readonly input: object;
  readonly place: SourcePlace;
}

interface Refused {
  readonly definition: Definition;
  readonly message: string;
}

/**
 * Gives the template's alarms to CloudWatch, those that it says something new of, and takes away those
 * that it no longer has: as CloudFormation does, what somebody has changed meanwhile stays. Returns what is wrong, with file and line; an alarm with a problem stays as it was.
 */
export async function defineAlarms(
  { call, services, provisioned }: DefineAlarmsOptions,
  app: App,
): Promise<readonly Problem[]> {
  const wanted = definitionsOf(app);
  const names = new Set(wanted.map(({ name }) => name));
  const gone = [...provisioned.keys()].flatMap((key) => {
    const name = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
    return name === undefined || names.has(name) ? [] : [name];
  });
  const changed = wanted.filter(({ name, input }) => provisioned.get(keyOf(name)) !== text(input));
  const refused = await putAll(call, changed);
  const isRefused = new Set(refused.map(({ definition }) => definition.name));
  for (const { name, input } of changed) {
    if (!isRefused.has(name)) provisioned.set(keyOf(name), text(input));
  }
  for (const name of gone) {
    await tryTo(call, 'DeleteAlarms', { AlarmNames: [name] });
    provisioned.delete(keyOf(name));
  }
  services.cloudWatch.evaluateNew();
  return refused.map(({ definition: { name, place }, message }) => ({
    ...place,
    message: `Alarm ${name}: ${message}`,
  }));
}

const PREFIX = 'alarm/';
const keyOf = (name: string): string => `${PREFIX}${name}`;
const text = (input: object): string => JSON.stringify(input);

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
): Promise<readonly Refused[]> {
  const refused: Refused[] = [];
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
  return refused;
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

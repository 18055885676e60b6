import type { Tag } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../core/aws-error.ts';
import { invalidValue, required } from '../cloudwatch-errors.ts';
import type { Alarm, AlarmState, CompositeAlarm, MetricAlarm } from './alarm.ts';
import type { Alarms } from './alarms.ts';
import { configurationData } from './configuration-data.ts';

const MAX_ACTIONS = 5;

/** The input that both kinds of alarms are put with. */
interface AlarmInput {
  readonly AlarmDescription?: string | undefined;
  readonly ActionsEnabled?: boolean | undefined;
  readonly OKActions?: readonly string[] | undefined;
  readonly AlarmActions?: readonly string[] | undefined;
  readonly InsufficientDataActions?: readonly string[] | undefined;
}

/** An alarm that is about to be put: it keeps the state that it has. */
export type NewAlarm = Omit<MetricAlarm, 'state'> | Omit<CompositeAlarm, 'state'>;

/** Reads an alarm's name. @throws {AwsError} When it is missing or no name. */
export function checkName(given: string | undefined): string {
  const name = required('AlarmName', given);
  if (name.length <= 255 && !isControlled(name)) return name;
  throw invalidValue(
    'The parameter AlarmName must be between 1 and 255 characters without control characters.',
  );
}

function isControlled(name: string): boolean {
  return [...name].some((character) => character < ' ' || character === '\u007f');
}

/** Refuses by name what AWS knows and the rehearsal does not. @throws {AwsError} */
export function refuse(input: object, refused: Readonly<Record<string, string>>): void {
  const given = new Map(Object.entries(input));
  for (const [name, reason] of Object.entries(refused)) {
    if (given.get(name) !== undefined) throw invalidValue(`${name} is not rehearsed: ${reason}`);
  }
}

/** Checks the actions' ARNs. @throws {AwsError} For more than five, or what an alarm can't act on. */
export function checkActions(input: AlarmInput, services: readonly string[]): void {
  const { OKActions, AlarmActions, InsufficientDataActions } = input;
  for (const [name, actions] of Object.entries({
    OKActions,
    AlarmActions,
    InsufficientDataActions,
  })) {
    if ((actions ?? []).length > MAX_ACTIONS) {
      throw invalidValue(
        `The collection ${name} must not have a size greater than ${MAX_ACTIONS}.`,
      );
    }
    for (const action of actions ?? []) {
      const [arn, , service = ''] = action.split(':');
      if (arn === 'arn' && services.includes(service)) continue;
      throw new AwsError('ValidationError', `Invalid arn syntax: ${action}`);
    }
  }
}

/** Reads what both kinds of alarms have. */
export function commonOf(alarms: Alarms, region: string, name: string, input: AlarmInput) {
  return {
    name,
    region,
    arn: alarms.arnOf(region, name),
    description: input.AlarmDescription,
    actionsEnabled: input.ActionsEnabled ?? true,
    okActions: input.OKActions ?? [],
    alarmActions: input.AlarmActions ?? [],
    insufficientDataActions: input.InsufficientDataActions ?? [],
    updatedMs: alarms.nowMs(),
  };
}

/**
 * Puts an alarm: a new one knows nothing yet, a changed one keeps its state until it is evaluated.
 * @throws {AwsError} When another kind of alarm has the name.
 */
export function save(alarms: Alarms, alarm: NewAlarm, tags: readonly Tag[] | undefined): void {
  const before = alarms.table.find(alarm.region, alarm.name);
  if (before !== undefined && before.kind !== alarm.kind) {
    throw new AwsError('ValidationError', `An alarm of another type has the name ${alarm.name}`);
  }
  const born: AlarmState = {
    value: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    reasonData: undefined,
    updatedMs: alarm.updatedMs,
  };
  const whole: Alarm = { ...alarm, state: before?.state ?? born };
  if (tags !== undefined && before === undefined) alarms.tags.put(alarm.arn, tags);
  alarms.history.add(whole, {
    type: 'ConfigurationUpdate',
    summary: `Alarm "${alarm.name}" ${before === undefined ? 'created' : 'updated'}`,
    data: configurationData(before === undefined ? 'Create' : 'Update', whole),
    timeMs: alarm.updatedMs,
  });
  alarms.put(whole);
}

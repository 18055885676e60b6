import { fields, oneOf, Text } from '../../core/schema/schema.ts';
import { stepKind } from '../scenario-extension.ts';

/** Sets the state of an alarm, by its logical id. */
export const alarm = stepKind(
  fields({ name: Text, state: oneOf(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }),
  async ({ name, state }, { stage: { client, physicalId } }) => {
    const { CloudWatchClient, SetAlarmStateCommand } = await import('@aws-sdk/client-cloudwatch');
    await new CloudWatchClient(client).send(
      new SetAlarmStateCommand({
        AlarmName: physicalId(name),
        StateValue: state,
        StateReason: 'A scenario says so',
      }),
    );
  },
);

import type {
  DescribeTimeToLiveInput,
  DescribeTimeToLiveOutput,
  UpdateTimeToLiveInput,
  UpdateTimeToLiveOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../core/aws-error.ts';
import { type Action, actions } from '../../core/service.ts';
import type { GlobalTables } from './global-tables/global-tables.ts';
import { alreadySet, type TimeToLive } from './time-to-live.ts';

/** Time to live of a Region, and the tables that it is of. */
export interface TimeToLiveActionsOptions {
  readonly timeToLive: TimeToLive;
  readonly tableNamed: (name: string | undefined) => Promise<string>;
  readonly globalTables: Pick<GlobalTables, 'peersOf'>;
  readonly region: string;
}

/** Makes the actions on time to live, which is the same in all replicas of a table. */
export function timeToLiveActions({
  timeToLive,
  tableNamed,
  globalTables,
  region,
}: TimeToLiveActionsOptions): Readonly<Record<string, Action>> {
  return actions({
    async UpdateTimeToLive(input: UpdateTimeToLiveInput): Promise<UpdateTimeToLiveOutput> {
      const { TableName, TimeToLiveSpecification } = input;
      const { Enabled, AttributeName } = TimeToLiveSpecification ?? {};
      const table = await tableNamed(TableName);
      if (AttributeName === undefined || AttributeName === '') {
        throw new AwsError(
          'ValidationException',
          'TimeToLiveSpecification.AttributeName is required',
        );
      }
      const isOn = timeToLive.attributeOf(table) !== undefined;
      if (isOn === (Enabled === true)) throw alreadySet(isOn);
      const attribute = Enabled === true ? AttributeName : undefined;
      // AWS: it is the same in all replicas.
      const peers = await globalTables.peersOf(table, region);
      for (const one of [timeToLive.set, ...peers.map(({ setTimeToLive }) => setTimeToLive)]) {
        one(table, attribute);
      }
      return { TimeToLiveSpecification };
    },
    async DescribeTimeToLive(input: DescribeTimeToLiveInput): Promise<DescribeTimeToLiveOutput> {
      const attribute = timeToLive.attributeOf(await tableNamed(input.TableName));
      return {
        TimeToLiveDescription:
          attribute === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
      };
    },
  });
}

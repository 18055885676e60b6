import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { physicalId, type StackPlace, UserError } from 'signalbox';

/**
 * Puts the event that asks for a failover.
 * @param request The event's detail, of the schema of FailoverRequested.
 * @throws {UserError} When the bus refuses it.
 */
export async function askForFailover(place: StackPlace, request: object): Promise<void> {
  const client = new EventBridgeClient(place.client);
  const { Entries: [entry] = [] } = await client.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: await physicalId(place, 'AWS::Events::EventBus', 'OperationsBus'),
          Source: 'signalbox.dr',
          DetailType: 'FailoverRequested',
          Detail: JSON.stringify(request),
        },
      ],
    }),
  );
  if (entry?.ErrorCode === undefined) return;
  throw new UserError('invalid', `The bus refused it: ${entry.ErrorCode}: ${entry.ErrorMessage}`);
}

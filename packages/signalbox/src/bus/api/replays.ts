import type {
  Replay as ApiReplay,
  CancelReplayRequest,
  CancelReplayResponse,
  DescribeReplayRequest,
  DescribeReplayResponse,
  ListReplaysRequest,
  ListReplaysResponse,
  StartReplayRequest,
  StartReplayResponse,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import type { Bus } from '../bus.ts';
import { archiveNameOf, type Replay } from '../replay-table.ts';
import { findBus, findReplay } from './find.ts';
import { page } from './page.ts';
import { required } from './required.ts';

/** Handles StartReplay, and begins to bring back what the archive holds of the time. */
export function startReplay(bus: Bus, request: StartReplayRequest): StartReplayResponse {
  const name = required(request.ReplayName, 'replayName');
  const archiveArn = required(request.EventSourceArn, 'eventSourceArn');
  const destination = required(request.Destination, 'destination');
  const fromTime = required(request.EventStartTime, 'eventStartTime');
  const toTime = required(request.EventEndTime, 'eventEndTime');
  if (fromTime >= toTime) {
    throw invalid('EventEndTime', 'EventStartTime must be before EventEndTime.');
  }
  const target = findBus(bus, required(destination.Arn, 'destination.arn'));
  const archiveName = archiveNameOf(archiveArn);
  const archive = bus.archives.find(archiveName, bus.now());
  if (archive === undefined) {
    throw invalid('EventSourceArn', `Archive ${archiveName} does not exist.`);
  }
  if (archive.resource.eventBusName !== target.name) {
    throw invalid('Destination.Arn', 'Cross event bus replay is not permitted.');
  }
  if (bus.replays.find(name) !== undefined) {
    throw new AwsError('ResourceAlreadyExistsException', `Replay ${name} already exists.`);
  }
  const order = {
    name,
    arn: `arn:aws:events:${bus.region}:${bus.accountId}:replay/${name}`,
    description: request.Description,
    archiveArn,
    eventBusArn: target.arn,
    ruleArns: destination.FilterArns ?? [],
    fromTime,
    toTime,
  };
  const { arn, state, startedAt } = bus.replay(order);
  return { ReplayArn: arn, State: state, ReplayStartTime: startedAt };
}

/** Handles ListReplays. */
export function listReplays(bus: Bus, request: ListReplaysRequest): ListReplaysResponse {
  const { NamePrefix = '', EventSourceArn, State } = request;
  const found = bus.replays
    .all()
    .filter(
      ({ name, archiveArn, state }) =>
        name.startsWith(NamePrefix) &&
        (EventSourceArn === undefined || archiveArn === EventSourceArn) &&
        (State === undefined || state === State),
    );
  const { items, NextToken } = page(found, request);
  return { Replays: items.map(apiReplay), NextToken };
}

/** Handles DescribeReplay. */
export function describeReplay(bus: Bus, request: DescribeReplayRequest): DescribeReplayResponse {
  const replay = findReplay(bus, request.ReplayName);
  const { arn, description, eventBusArn, ruleArns } = replay;
  return {
    ...apiReplay(replay),
    ReplayArn: arn,
    Description: description,
    Destination: {
      Arn: eventBusArn,
      FilterArns: ruleArns.length === 0 ? undefined : [...ruleArns],
    },
  };
}

/** Handles CancelReplay. */
export function cancelReplay(bus: Bus, request: CancelReplayRequest): CancelReplayResponse {
  const { name, arn, state } = findReplay(bus, request.ReplayName);
  if (state !== 'STARTING' && state !== 'RUNNING') {
    throw new AwsError(
      'IllegalStatusException',
      `Replay ${name} is not in a valid state for this operation.`,
    );
  }
  bus.replays.cancel(name);
  return { ReplayArn: arn, State: 'CANCELLING' };
}

function apiReplay(replay: Replay): ApiReplay {
  return {
    ReplayName: replay.name,
    EventSourceArn: replay.archiveArn,
    State: replay.state,
    EventStartTime: replay.fromTime,
    EventEndTime: replay.toTime,
    EventLastReplayedTime: replay.lastReplayedTime,
    ReplayStartTime: replay.startedAt,
    ReplayEndTime: replay.endedAt,
  };
}

function invalid(parameter: string, reason: string): AwsError {
  return new AwsError(
    'ValidationException',
    `Parameter ${parameter} is not valid. Reason: ${reason}`,
  );
}

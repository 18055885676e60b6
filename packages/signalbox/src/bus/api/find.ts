import { AwsError } from '../../core/aws-error.ts';
import { placeOfArn } from '../../core/in-region.ts';
import type { Archive } from '../archive-table.ts';
import type { Bus } from '../bus.ts';
import { eventBusNameOf } from '../put-events.ts';
import type { Replay } from '../replay-table.ts';
import type { EventBus, LoadedRule } from '../rule-table.ts';
import { isBusArn } from '../target-place.ts';
import { required } from './required.ts';

/**
 * The bus of a name or ARN; without either, the default bus.
 * @throws {AwsError} ResourceNotFoundException; ValidationException for the ARN of another Region.
 */
export function findBus(bus: Bus, nameOrArn: string | undefined): EventBus {
  if (
    nameOrArn !== undefined &&
    isBusArn(nameOrArn) &&
    placeOfArn(nameOrArn).region !== bus.region
  ) {
    throw new AwsError('ValidationException', 'Cross-region api call is not allowed.');
  }
  const name = eventBusNameOf(nameOrArn);
  return bus.rules.bus(name) ?? notFound(`Event bus ${name} does not exist.`);
}

/**
 * The rule of a name on a bus.
 * @throws {AwsError} ResourceNotFoundException
 */
export function findRule(
  bus: Bus,
  name: string | undefined,
  busNameOrArn: string | undefined,
): LoadedRule {
  const eventBusName = findBus(bus, busNameOrArn).name;
  const ruleName = required(name, 'name');
  return (
    bus.rules.find(eventBusName, ruleName) ??
    notFound(`Rule ${ruleName} does not exist on EventBus ${eventBusName}.`)
  );
}

/**
 * The archive of a name.
 * @throws {AwsError} ResourceNotFoundException
 */
export function findArchive(bus: Bus, name: string | undefined): Archive {
  const archiveName = required(name, 'archiveName');
  return (
    bus.archives.find(archiveName, bus.now()) ?? notFound(`Archive ${archiveName} does not exist.`)
  );
}

/**
 * The replay of a name.
 * @throws {AwsError} ResourceNotFoundException
 */
export function findReplay(bus: Bus, name: string | undefined): Replay {
  const replayName = required(name, 'replayName');
  return bus.replays.find(replayName) ?? notFound(`Replay ${replayName} does not exist.`);
}

function notFound(message: string): never {
  throw new AwsError('ResourceNotFoundException', message);
}

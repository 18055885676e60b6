import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { isJsonObject, type Json } from '../core/json.ts';
import { UserError } from '../core/user-error.ts';
import { allRules } from './all-rules.ts';
import type { Session } from './session.ts';
import { physicalIds } from './stack.ts';

/**
 * The stack's event bus for events of a source: the only bus that it has, or the only one with a
 * rule that names the source.
 * @throws {UserError} `usage` where that does not decide it, with the names of all.
 */
export async function stackBus(
  session: Session,
  client: EventBridgeClient,
  source: string,
): Promise<string> {
  const buses = await physicalIds(session, 'AWS::Events::EventBus');
  const [only = 'default'] = buses;
  if (buses.length <= 1) return only;
  const wanting: string[] = [];
  for (const bus of [...buses, 'default']) {
    const rules = await allRules(client, bus);
    if (rules.some(({ EventPattern }) => namesSource(EventPattern, source))) wanting.push(bus);
  }
  const [wants, second] = wanting;
  if (wants !== undefined && second === undefined) return wants;
  throw new UserError(
    'usage',
    `Which bus takes events of "${source}": name one of ${buses.join(', ')} with --bus`,
  );
}

function namesSource(pattern: string | undefined, source: string): boolean {
  const written: Json = JSON.parse(pattern ?? '{}');
  if (!isJsonObject(written)) return false;
  return [written['source']].flat().includes(source);
}

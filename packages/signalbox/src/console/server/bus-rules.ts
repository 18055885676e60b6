import type { ListRulesCommandOutput, Rule } from '@aws-sdk/client-eventbridge';
import { allPages } from '../../core/all-pages.ts';
import type { ConsoleCall } from './console-options.ts';

/** Every rule of an event bus. */
export function busRules(call: ConsoleCall, EventBusName: string): Promise<readonly Rule[]> {
  return allPages(
    (NextToken): Promise<Partial<ListRulesCommandOutput>> =>
      call('events', 'ListRules', { EventBusName, NextToken }),
    ({ Rules, NextToken }) => ({ items: Rules, next: NextToken }),
  );
}

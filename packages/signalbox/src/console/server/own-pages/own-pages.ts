import type { ConsoleCall, ConsoleOptions } from '../console-options.ts';
import type { ConsolePage } from '../console-page.ts';
import { bucketsPage } from './buckets-page.ts';
import { queuesPage } from './queues-page.ts';
import { rehearsalPage } from './rehearsal-page.ts';
import { secretsPage } from './secrets-page.ts';
import { tablesPage } from './tables-page.ts';

/** The pages of the tool that are described as a plug-in's are: what they show is read by AWS's APIs. */
export function ownPages({
  call,
  kind,
}: Pick<ConsoleOptions, 'kind'> & { readonly call: ConsoleCall }): readonly ConsolePage[] {
  return [
    tablesPage(call),
    queuesPage(call),
    bucketsPage(call),
    secretsPage(call),
    ...(kind === 'rehearsal' ? [rehearsalPage(call)] : []),
  ];
}

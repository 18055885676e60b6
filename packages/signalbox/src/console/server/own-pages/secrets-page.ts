import type { ListSecretsResponse } from '@aws-sdk/client-secrets-manager';
import type { ConsoleCall } from '../console-options.ts';
import type { ConsolePage } from '../console-page.ts';
import { pagesOf } from './pages-of.ts';
import { timeCell } from './time-cell.ts';

/** Secrets by their names: what is in them is never read. */
export function secretsPage(call: ConsoleCall): ConsolePage {
  return {
    title: 'Secrets',
    path: 'secrets',
    async read() {
      const pages = await pagesOf<ListSecretsResponse>(call, {
        ...{ service: 'secretsmanager', action: 'ListSecrets' },
        token: ['NextToken', 'NextToken'],
      });
      const secrets = pages.flatMap(({ SecretList = [] }) => SecretList);
      return {
        sections: [
          {
            kind: 'table',
            title: 'Secrets',
            columns: ['Name', 'Description', 'Changed'],
            rows: secrets.map(({ Name = '', Description = '', LastChangedDate }) => ({
              cells: [Name, Description, timeCell(LastChangedDate)],
            })),
            empty: 'No secrets',
          },
        ],
      };
    },
  };
}

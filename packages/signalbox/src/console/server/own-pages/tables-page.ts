import type { DescribeTableOutput, ListTablesOutput, ScanOutput } from '@aws-sdk/client-dynamodb';
import type { ConsoleCall } from '../console-options.ts';
import type { AskedPage, ConsolePage } from '../console-page.ts';
import type { PageContent } from '../page-content.ts';
import { pagesOf } from './pages-of.ts';
import { plainItem } from './plain-item.ts';

/** Items that one look reads. */
const ITEMS = 200;
const CELL_LENGTH = 120;

/** Tables of DynamoDB with their first items, to read. */
export function tablesPage(call: ConsoleCall): ConsolePage {
  return {
    title: 'Tables',
    path: 'tables',
    read: ({ name, query }) => (name === '' ? readTables(call) : readTable(call, name, query)),
  };
}

async function readTables(call: ConsoleCall): Promise<PageContent> {
  const pages = await pagesOf<ListTablesOutput>(call, {
    ...{ service: 'dynamodb', action: 'ListTables' },
    token: ['LastEvaluatedTableName', 'ExclusiveStartTableName'],
  });
  const names = pages.flatMap(({ TableNames = [] }) => TableNames);
  const tables = await Promise.all(names.map((name) => describe(call, name)));
  return {
    sections: [
      {
        kind: 'table',
        title: 'Tables',
        columns: ['Name', 'Key', 'Items', 'Indexes', 'Status'],
        rows: tables.map(({ Table: table }) => ({
          cells: [
            { text: table?.TableName ?? '', path: `/tables/${table?.TableName ?? ''}` },
            (table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName).join(', '),
            String(table?.ItemCount ?? ''),
            (table?.GlobalSecondaryIndexes ?? []).map(({ IndexName = '' }) => IndexName).join(', '),
            table?.TableStatus ?? '',
          ],
        })),
        empty: 'No tables',
      },
    ],
  };
}

function describe(call: ConsoleCall, TableName: string): Promise<Partial<DescribeTableOutput>> {
  return call('dynamodb', 'DescribeTable', { TableName });
}

async function readTable(
  call: ConsoleCall,
  TableName: string,
  query: AskedPage['query'],
): Promise<PageContent> {
  const { Table: table } = await describe(call, TableName);
  const scanned: Partial<ScanOutput> = await call('dynamodb', 'Scan', { TableName, Limit: ITEMS });
  const keys = (table?.KeySchema ?? []).flatMap(({ AttributeName }) => AttributeName ?? []);
  const items = (scanned.Items ?? []).map(plainItem);
  const others = [...new Set(items.flatMap((item) => Object.keys(item)))].filter(
    (name) => !keys.includes(name),
  );
  const shown = items[Number(query['item'] ?? Number.NaN)];
  return {
    title: TableName,
    ...(scanned.LastEvaluatedKey === undefined
      ? {}
      : { description: `The first ${items.length} items` }),
    sections: [
      ...(shown === undefined
        ? []
        : [{ kind: 'json' as const, title: 'Item', text: JSON.stringify(shown) }]),
      {
        kind: 'table',
        title: 'Items',
        columns: [...keys, 'Other attributes'],
        rows: items.map((item, at) => ({
          cells: [
            ...keys.map((key, index) =>
              index === 0
                ? { text: textOf(item[key]), path: `/tables/${TableName}?item=${at}` }
                : textOf(item[key]),
            ),
            others
              .filter((name) => item[name] !== undefined)
              .map((name) => `${name}: ${textOf(item[name])}`)
              .join(' · ')
              .slice(0, 3 * CELL_LENGTH),
          ],
        })),
        empty: 'No items',
      },
    ],
  };
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return (text ?? '').slice(0, CELL_LENGTH);
}

import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { PageCell, PageRow, TableSection } from '../../../server/page-content.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { t, told } from '../../app/strings.ts';
import { Cell, cellText } from './cell.tsx';
import { PageButtons } from './page-buttons.tsx';

const PAGE = 50;
/** Fewer are seen at a glance. */
const SEARCHED_FROM = 10;

/** A table of a plug-in's page, with a search and pages where there are many rows. */
export function SectionTable({
  section: { title, columns, rows, empty },
  page,
  at,
  onDone,
}: {
  readonly section: TableSection;
  readonly page: string;
  readonly at: number;
  readonly onDone: (text: string) => void;
}) {
  const { query } = usePlace();
  const find = query.get(`find${at}`) ?? '';
  const found = find === '' ? rows : rows.filter(({ cells }) => holds(cells, find));
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const shown = Math.min(pages, Math.max(1, Number(query.get(`page${at}`)) || 1));
  const isLong = rows.length > SEARCHED_FROM;
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${rows.length})`}>
          {told(title)}
        </Header>
      }
      wrapLines
      items={found.slice((shown - 1) * PAGE, shown * PAGE)}
      ariaLabels={{ tableLabel: told(title) }}
      empty={told(empty)}
      columnDefinitions={[
        ...columns.map((column, index) => ({
          id: column,
          header: told(column),
          isRowHeader: index === 0,
          // On a narrow screen the table scrolls, and no word stands letter under letter.
          minWidth: index === 0 ? 150 : 110,
          cell: ({ cells }: PageRow) => <Cell cell={cells[index] ?? ''} />,
        })),
        ...(rows.some(({ buttons = [] }) => buttons.length > 0)
          ? [
              {
                id: 'actions',
                header: t('Actions'),
                minWidth: 120,
                cell: ({ buttons = [] }: PageRow) => (
                  <PageButtons page={page} buttons={buttons} onDone={onDone} />
                ),
              },
            ]
          : []),
      ]}
      filter={
        isLong && (
          <TextFilter
            filteringText={find}
            filteringPlaceholder={t('Find in the rows')}
            filteringAriaLabel={t('Find in the rows')}
            countText={`${found.length} ${t('found')}`}
            onChange={({ detail }) => {
              setQuery({ [`find${at}`]: detail.filteringText, [`page${at}`]: undefined }, false);
            }}
          />
        )
      }
      pagination={
        found.length > PAGE && (
          <Pagination
            currentPageIndex={shown}
            pagesCount={pages}
            onChange={({ detail }) => setQuery({ [`page${at}`]: String(detail.currentPageIndex) })}
          />
        )
      }
    />
  );
}

function holds(cells: readonly PageCell[], find: string): boolean {
  return cells.map(cellText).join(' ').toLowerCase().includes(find.toLowerCase());
}

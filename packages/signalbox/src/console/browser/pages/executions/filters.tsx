import PropertyFilter, {
  type PropertyFilterProps,
} from '@cloudscape-design/components/property-filter';
import { useMemo } from 'react';
import { conditionsIn, conditionTexts } from '../../../search/conditions.ts';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { goTo, hrefOf, setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { nameOfArn } from '../../parts/format.ts';
import { ExecutionStatusBadge } from '../../parts/status.tsx';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

/** A button for each status with the number of its executions. */
export function StatusChips({ rows }: { readonly rows: readonly ExecutionRow[] }) {
  const { query } = usePlace();
  const chosen = new Set((query.get('status') ?? '').split(',').filter((one) => one !== ''));
  const counts = new Map<string, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  const toggle = (status: string) => {
    const next = new Set(chosen);
    if (!next.delete(status)) next.add(status);
    setQuery({ status: [...next].join(','), page: undefined });
  };
  return (
    <div className="chips" role="group" aria-label={t('Status')}>
      {STATUSES.map((status) => (
        <button
          type="button"
          key={status}
          className={`chip${chosen.has(status) ? ' chosen' : ''}`}
          aria-pressed={chosen.has(status)}
          onClick={() => toggle(status)}
        >
          <ExecutionStatusBadge status={status} />
          <b>{counts.get(status) ?? 0}</b>
        </button>
      ))}
    </div>
  );
}

const NUMBERS = ['=', '!=', '<', '<=', '>', '>='] as const;
const TEXTS = ['=', '!=', ':', '!:'] as const;

const PROPERTIES: readonly PropertyFilterProps.FilteringProperty[] = [
  {
    key: 'workflow',
    propertyLabel: t('Workflow'),
    groupValuesLabel: t('Workflows'),
    operators: TEXTS,
  },
  { key: 'name', propertyLabel: t('Name'), groupValuesLabel: t('Names'), operators: TEXTS },
  {
    key: 'error',
    propertyLabel: t('Error or cause'),
    groupValuesLabel: t('Errors'),
    operators: TEXTS,
  },
  { key: 'input', propertyLabel: t('Input'), groupValuesLabel: t('Inputs'), operators: TEXTS },
  { key: 'output', propertyLabel: t('Output'), groupValuesLabel: t('Outputs'), operators: TEXTS },
  {
    key: 'trigger',
    propertyLabel: t('Started by (event, execution, map-run, call)'),
    groupValuesLabel: t('Triggers'),
    operators: TEXTS,
  },
  {
    key: 'started',
    propertyLabel: t('Started (ISO 8601)'),
    groupValuesLabel: t('Times'),
    operators: NUMBERS,
  },
  {
    key: 'duration',
    propertyLabel: t('Duration (seconds)'),
    groupValuesLabel: t('Durations'),
    operators: NUMBERS,
  },
];

/** The filter by properties, kept in the URL. */
export function Filters({
  rows,
  count,
}: {
  readonly rows: readonly ExecutionRow[];
  readonly count: number;
}) {
  const { query, path } = usePlace();
  const options = useMemo(() => {
    // The rows are many, and the machines few.
    const arns = new Set(rows.map(({ machineArn }) => machineArn));
    const names = new Set([...arns].map(nameOfArn));
    return [...names].map((value) => ({ propertyKey: 'workflow', value }));
  }, [rows]);
  const tokens = conditionsIn(query).map(({ name, operator, value }) =>
    name === 'text' ? { operator, value } : { propertyKey: name, operator, value },
  );
  return (
    <PropertyFilter
      query={{ tokens, operation: 'and' }}
      hideOperations
      filteringProperties={PROPERTIES}
      filteringOptions={options}
      filteringPlaceholder={t(
        'Filter by workflow, name, duration, start, input, output, error, trigger or text',
      )}
      filteringAriaLabel={t('Filter executions')}
      countText={t('{count} found', { count: count })}
      onChange={({ detail }) => {
        const conditions = detail.tokens.map(({ propertyKey = 'text', operator, value }) => ({
          name: propertyKey,
          operator,
          value: String(value),
        }));
        const kept = Object.fromEntries(
          [...query].filter(([name]) => name !== 'where' && name !== 'page'),
        );
        const href = hrefOf(path, kept);
        const where = conditionTexts(conditions).map((text) => `where=${encodeURIComponent(text)}`);
        goTo(
          where.length === 0 ? href : `${href}${href.includes('?') ? '&' : '?'}${where.join('&')}`,
        );
      }}
    />
  );
}

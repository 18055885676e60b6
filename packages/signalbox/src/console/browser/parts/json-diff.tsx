import Box from '@cloudscape-design/components/box';
import { lazy, Suspense } from 'react';
import { t } from '../app/strings.ts';
import { readJson } from './format.ts';

const Changes = lazy(async () => ({ default: (await import('./json-changes.tsx')).JsonChanges }));

/** What changed from one JSON text to another, member by member. */
export function JsonDiff({
  before,
  after,
}: {
  readonly before: string | undefined;
  readonly after: string | undefined;
}) {
  if (before === after) return <Box color="text-body-secondary">{t('No difference')}</Box>;
  return (
    <Suspense fallback={null}>
      <Changes before={readJson(before)} after={readJson(after)} />
    </Suspense>
  );
}

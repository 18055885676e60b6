import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { Step } from '../../../../history/steps/step.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { LogLines, type ShownLine } from './log-lines.tsx';
import { selectStep } from './selection.ts';
import { askStepWork, functionOf } from './step-work.ts';
import type { LiveExecution } from './use-execution.ts';

/** Each step is a question of its own. */
const MOST_STEPS = 150;
const AT_ONCE = 6;

/** The logs of all functions of an execution, in order of time; a click on a line's step selects it. */
export function LogPane({ execution }: { readonly execution: LiveExecution }) {
  const { described, steps } = execution;
  const asked = steps.filter((step) => functionOf(step) !== undefined).slice(-MOST_STEPS);
  const arn = described?.executionArn ?? '';
  const answer = useAnswer(`logs ${arn} ${asked.length} ${described?.status}`, () =>
    linesOf(arn, asked),
  );
  return <Answered answer={answer}>{(lines) => <FoundLines lines={lines} />}</Answered>;
}

function FoundLines({ lines }: { readonly lines: readonly ShownLine[] }) {
  const { query } = usePlace();
  const find = query.get('find') ?? '';
  const found = lines.filter(({ message, source }) =>
    `${source} ${message}`.toLowerCase().includes(find.toLowerCase()),
  );
  return (
    <SpaceBetween size="s">
      <TextFilter
        filteringText={find}
        filteringPlaceholder={t('Find in the lines')}
        filteringAriaLabel={t('Find in the lines')}
        countText={t('{count} of {all}', { count: found.length, all: lines.length })}
        onChange={({ detail }) => setQuery({ find: detail.filteringText }, false)}
      />
      {lines.length === 0 ? (
        <Box color="text-body-secondary">{t('No function wrote anything.')}</Box>
      ) : (
        <LogLines lines={found} />
      )}
    </SpaceBetween>
  );
}

async function linesOf(arn: string, steps: readonly Step[]): Promise<readonly ShownLine[]> {
  const lines: ShownLine[] = [];
  const left = [...steps];
  async function askNext(): Promise<void> {
    for (let step = left.shift(); step !== undefined; step = left.shift()) {
      const { id, name } = step;
      const work = await askStepWork(arn, step);
      work.lines.forEach(({ atMs, message }, at) => {
        lines.push({
          key: `${id} ${at}`,
          atMs,
          message,
          source: name,
          onSelect: () => selectStep(id),
        });
      });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askNext));
  return lines.sort((a, b) => a.atMs - b.atMs);
}

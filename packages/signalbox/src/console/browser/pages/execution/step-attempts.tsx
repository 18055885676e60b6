import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { durationText } from '../../../../core/duration-text.ts';
import type { Attempt, Step } from '../../../../history/steps/step.ts';
import { t } from '../../app/strings.ts';
import { spanText } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { CauseView } from './failure-banner.tsx';

/** Each try of a task: what it was given, what came of it, and the pause before it. */
export function StepAttempts({ step, nowMs }: { readonly step: Step; readonly nowMs: number }) {
  return (
    <SpaceBetween size="s">
      {step.attempts.map((attempt, at) => (
        <AttemptView
          key={attempt.scheduledId}
          attempt={attempt}
          number={at + 1}
          before={step.attempts[at - 1]}
          nowMs={nowMs}
        />
      ))}
    </SpaceBetween>
  );
}

function AttemptView({
  attempt,
  number,
  before,
  nowMs,
}: {
  readonly attempt: Attempt;
  readonly number: number;
  readonly before: Attempt | undefined;
  readonly nowMs: number;
}) {
  const { status, startedMs, endedMs, error, cause, parameters, output } = attempt;
  const type = { running: 'in-progress', succeeded: 'success', failed: 'error' } as const;
  const pause = before?.endedMs === undefined ? undefined : startedMs - before.endedMs;
  return (
    <div className="attempt">
      <Box>
        <StatusIndicator type={type[status]}>{t('Attempt {number}', { number })}</StatusIndicator>{' '}
        <span className="quiet">
          {spanText(startedMs, endedMs, nowMs)}
          {pause !== undefined && t(', after a pause of {time}', { time: durationText(pause) })}
        </span>
      </Box>
      {error !== undefined && <Box variant="strong">{error}</Box>}
      {cause !== undefined && <CauseView cause={cause} />}
      <ExpandableSection headerText={t('Parameters and result')}>
        <JsonView label={t('Parameters of attempt {number}', { number })} text={parameters} />
        <JsonView label={t('Result of attempt {number}', { number })} text={output} />
      </ExpandableSection>
    </div>
  );
}

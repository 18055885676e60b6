import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { durationText } from '../../../../core/duration-text.ts';
import type { Step } from '../../../../history/steps/step.ts';
import type { StepLogs } from '../../../server/function-logs.ts';
import type { ServiceCallMade, StepWork } from '../../../server/step-work.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSurroundings } from '../../app/place-context.tsx';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { nameOfArn } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { LogLines } from './log-lines.tsx';
import { askStepWork } from './step-work.ts';
import type { LiveExecution } from './use-execution.ts';

/** What functions wrote and called in a step. */
export function StepWorkView({
  execution,
  step,
}: {
  readonly execution: LiveExecution;
  readonly step: Step;
}) {
  const arn = execution.described?.executionArn ?? '';
  const answer = useAnswer(`work ${arn} ${step.id} ${step.eventIds.length}`, () =>
    askStepWork(arn, step),
  );
  return <Answered answer={answer}>{(work) => <Work work={work} />}</Answered>;
}

function Work({ work }: { readonly work: StepLogs & Pick<StepWork, 'calls'> }) {
  const { knowsWork } = useSurroundings();
  const lines = work.lines.map((line, at) => ({
    key: String(at),
    atMs: line.atMs,
    message: line.message,
    source: nameOfArn(line.functionName),
  }));
  return (
    <SpaceBetween size="s">
      {!work.isExact && (
        <Box color="text-status-warning">
          {t('Lines of this time: other executions may have written some of them.')}
        </Box>
      )}
      {lines.length === 0 ? (
        <Box color="text-body-secondary">{t('No function wrote anything.')}</Box>
      ) : (
        <LogLines lines={lines} />
      )}
      {knowsWork && (
        <>
          <Box variant="h4">{`${t('AWS calls')} (${work.calls.length})`}</Box>
          <Calls calls={work.calls} />
        </>
      )}
    </SpaceBetween>
  );
}

function Calls({ calls }: { readonly calls: readonly ServiceCallMade[] }) {
  return (
    <ol className="calls">
      {calls.map((call, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the calls of a step only grow
        <li key={at} className={call.error === undefined ? '' : 'error'}>
          <details>
            <summary>
              <code>{`${call.service}:${call.action}`}</code>{' '}
              <span className="quiet">
                {durationText(call.durationMs)} · {nameOfArn(call.callerArn)}
              </span>
              {call.error !== undefined && <span className="bad"> {call.error}</span>}
            </summary>
            <JsonView label={t('Input of {name}', { name: call.action })} text={call.input} />
          </details>
        </li>
      ))}
    </ol>
  );
}

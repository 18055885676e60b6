import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Step } from '../../../../history/steps/step.ts';
import { tokenIn } from '../../../../history/steps/task-token.ts';
import type { WaitingStep } from '../../../server/console-page.ts';
import type { OfferedButton } from '../../../server/plugin-pages.ts';
import { ask, callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { t, told } from '../../app/strings.ts';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { readJson } from '../../parts/format.ts';
import { shellWord } from '../../parts/terminal-line.ts';
import { PageButtons } from '../plugin/page-buttons.tsx';

/** Answers in the place of whoever has the token of a task that waits. */
export function StepToken({
  executionArn,
  step,
}: {
  readonly executionArn: string;
  readonly step: Step;
}) {
  const [isShown, show] = useState(false);
  const attempt = step.attempts.at(-1);
  const token = tokenIn(attempt?.parameters);
  if (step.exitedMs !== undefined || attempt?.status !== 'running' || token === undefined)
    return null;
  return (
    <Alert type="info" action={<Button onClick={() => show(true)}>{t('Answer…')}</Button>}>
      <SpaceBetween size="xs">
        {t('It waits for whoever has its task token.')}
        <Offers
          executionArn={executionArn}
          stateName={step.name}
          parameters={attempt.parameters ?? ''}
        />
      </SpaceBetween>
      {isShown && <TokenDialog token={token} onClose={() => show(false)} />}
    </Alert>
  );
}

/** What plug-ins offer to whoever answers, such as an approval with a name and a comment. */
function Offers(step: WaitingStep) {
  const { value } = useAnswer(`offers ${step.executionArn} ${step.stateName}`, () =>
    ask<{ readonly offered: readonly OfferedButton[] }>('offers', step),
  );
  const [said, say] = useState<string>();
  if (said !== undefined) return <Box color="text-status-success">{said}</Box>;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {(value?.offered ?? []).map(({ page, button }) => (
        <PageButtons
          key={`${page} ${told(button.label)}`}
          page={page}
          buttons={[button]}
          onDone={say}
        />
      ))}
    </SpaceBetween>
  );
}

type Answer = 'success' | 'failure' | 'heartbeat';

function TokenDialog({ token, onClose }: { readonly token: string; readonly onClose: () => void }) {
  const [answer, setAnswer] = useState<Answer>('success');
  const [output, setOutput] = useState('{}');
  const [error, setError] = useState('');
  const [cause, setCause] = useState('');
  const isReady = answer !== 'success' || readJson(output) !== undefined;
  return (
    <Dialog
      title={t('Answer the waiting task')}
      actionLabel={t('Send')}
      isReady={isReady}
      act={() => send(token, answer, { output, error, cause })}
      commands={linesFor(token, answer, { output, error, cause })}
      onClose={onClose}
    >
      <SegmentedControl
        label={t('Answer')}
        selectedId={answer}
        onChange={({ detail }) => setAnswer(answerOf(detail.selectedId))}
        options={[
          { id: 'success', text: t('Success') },
          { id: 'failure', text: t('Failure') },
          { id: 'heartbeat', text: t('Heartbeat') },
        ]}
      />
      {answer === 'success' && (
        <FormField
          label={t('Output')}
          errorText={isReady ? undefined : t('This is no JSON')}
          stretch
        >
          <CodeEditor label={t('Output')} value={output} onChange={setOutput} />
        </FormField>
      )}
      {answer === 'failure' && (
        <SpaceBetween size="s">
          <FormField label={t('Error')}>
            <Input value={error} onChange={({ detail }) => setError(detail.value)} />
          </FormField>
          <FormField label={t('Cause')}>
            <Input value={cause} onChange={({ detail }) => setCause(detail.value)} />
          </FormField>
        </SpaceBetween>
      )}
    </Dialog>
  );
}

interface Given {
  readonly output: string;
  readonly error: string;
  readonly cause: string;
}

function send(
  taskToken: string,
  answer: Answer,
  { output, error, cause }: Given,
): Promise<unknown> {
  if (answer === 'success') return callAws('states', 'SendTaskSuccess', { taskToken, output });
  if (answer === 'heartbeat') return callAws('states', 'SendTaskHeartbeat', { taskToken });
  return callAws('states', 'SendTaskFailure', { taskToken, error, cause });
}

function linesFor(
  token: string,
  answer: Answer,
  { output, error, cause }: Given,
): readonly string[] {
  const aws = `aws stepfunctions send-task-${answer} --task-token ${shellWord(token)}`;
  const own = `npx signalbox send-token ${answer} ${shellWord(token)}`;
  if (answer === 'heartbeat') return [aws, own];
  if (answer === 'success') {
    const text = shellWord(output);
    return [`${aws} --task-output ${text}`, `${own} --output ${text}`];
  }
  const why = `--error ${shellWord(error)} --cause ${shellWord(cause)}`;
  return [`${aws} ${why}`, `${own} ${why}`];
}

function answerOf(id: string): Answer {
  return id === 'failure' || id === 'heartbeat' ? id : 'success';
}

import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { callAws } from '../../api/call.ts';
import { t } from '../../app/strings.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { shellWord } from '../../parts/terminal-line.ts';

/** Asks before an execution is stopped or redriven. */
export function StopDialog({
  kind,
  executionArn,
  onClose,
}: {
  readonly kind: 'stop' | 'redrive';
  readonly executionArn: string;
  readonly onClose: () => void;
}) {
  const [error, setError] = useState('');
  const [cause, setCause] = useState('');
  const why = [
    ...(error === '' ? [] : [`--error ${shellWord(error)}`]),
    ...(cause === '' ? [] : [`--cause ${shellWord(cause)}`]),
  ];
  const arn = shellWord(executionArn);
  return (
    <Dialog
      title={kind === 'stop' ? `${t('Stop')}?` : `${t('Redrive')}?`}
      actionLabel={kind === 'stop' ? t('Stop') : t('Redrive')}
      act={() => stopOrRedrive(kind, executionArn, error, cause)}
      commands={[
        [`aws stepfunctions ${kind}-execution --execution-arn ${arn}`, ...why].join(' '),
        [`npx signalbox ${kind} ${arn}`, ...why].join(' '),
      ]}
      onClose={onClose}
    >
      {kind === 'redrive' && (
        <Box>
          {t('It goes on in the steps that did not succeed, with the definition that it ran.')}
        </Box>
      )}
      {kind === 'stop' && (
        <>
          <FormField label={t('Error')}>
            <Input value={error} onChange={({ detail }) => setError(detail.value)} />
          </FormField>
          <FormField label={t('Cause')}>
            <Input value={cause} onChange={({ detail }) => setCause(detail.value)} />
          </FormField>
        </>
      )}
    </Dialog>
  );
}

/** Stops an execution, or lets it go on where it failed. */
function stopOrRedrive(
  kind: 'stop' | 'redrive',
  executionArn: string,
  error: string,
  cause: string,
) {
  if (kind === 'redrive') return callAws('states', 'RedriveExecution', { executionArn });
  const why = { ...(error === '' ? {} : { error }), ...(cause === '' ? {} : { cause }) };
  return callAws('states', 'StopExecution', { executionArn, ...why });
}

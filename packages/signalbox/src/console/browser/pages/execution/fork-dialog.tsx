import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useState } from 'react';
import type { Step } from '../../../../history/steps/step.ts';
import { membersText, variablesBefore } from '../../../../history/steps/variables.ts';
import { repeatName } from '../../../fork/repeat-name.ts';
import { ask } from '../../api/call.ts';
import { goTo, hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { nameOfArn, prettyJson, readJson } from '../../parts/format.ts';
import { forkLines } from './terminal-lines.ts';
import type { LiveExecution } from './use-execution.ts';

/** Starts a new execution at a step of this one, with its input and variables as they were or as edited. */
export function ForkDialog({
  execution,
  step,
  onClose,
}: {
  readonly execution: LiveExecution;
  readonly step: Step;
  readonly onClose: () => void;
}) {
  const { described, steps } = execution;
  const [input, setInput] = useState(() => prettyJson(step.input ?? '{}'));
  const [variables, setVariables] = useState(() => variablesText(steps, step));
  const [isCurrent, setCurrent] = useState(true);
  const isReady = readJson(input) !== undefined && readJson(variables) !== undefined;
  const name = described?.name ?? '';
  const executionArn = described?.executionArn ?? '';
  const machine = nameOfArn(described?.stateMachineArn ?? '');
  const fork = async () => {
    const body = {
      executionArn,
      stateName: step.name,
      input,
      isCurrent,
      name: repeatName('fork', name),
    };
    const { executionArn: arn } = await ask<{ executionArn: string }>('fork', {
      ...body,
      variables: readJson(variables),
    });
    goTo(hrefOf(`/executions/${arn}`));
  };
  return (
    <Dialog
      title={`${t('Fork from here')}: ${step.name}`}
      actionLabel={t('Fork')}
      isReady={isReady}
      act={fork}
      commands={forkLines({ executionArn, stateName: step.name, input, variables, isCurrent })}
      onClose={onClose}
      size="large"
    >
      <Box color="text-body-secondary">
        {t(
          'A new execution begins at {state}. It runs in the state machine {machine}-signalbox-fork, which has the same role and begins there; nothing of this execution changes.',
          { state: step.name, machine },
        )}
      </Box>
      <FormField label={t('Definition')}>
        <SegmentedControl
          label={t('Definition')}
          selectedId={isCurrent ? 'now' : 'then'}
          onChange={({ detail }) => setCurrent(detail.selectedId === 'now')}
          options={[
            { id: 'now', text: t('As it is today') },
            { id: 'then', text: t('As this execution ran it') },
          ]}
        />
      </FormField>
      <FormField
        label={t('Input')}
        errorText={readJson(input) === undefined ? t('This is no JSON') : undefined}
        stretch
      >
        <CodeEditor label={t('Input')} value={input} onChange={setInput} />
      </FormField>
      <FormField
        label={t('Variables')}
        errorText={readJson(variables) === undefined ? t('This is no JSON') : undefined}
        stretch
      >
        <CodeEditor label={t('Variables')} value={variables} onChange={setVariables} />
      </FormField>
    </Dialog>
  );
}

function variablesText(steps: readonly Step[], step: Step): string {
  return prettyJson(membersText(variablesBefore(steps, step)));
}

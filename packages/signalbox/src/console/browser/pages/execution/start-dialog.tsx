import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { repeatName } from '../../../fork/repeat-name.ts';
import { callAws } from '../../api/call.ts';
import { goTo, hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { nameOfArn, prettyJson, readJson } from '../../parts/format.ts';
import { startLines } from './terminal-lines.ts';

/** Starts an execution with an input that may be edited first. */
export function StartDialog({
  machineArn,
  input: given,
  original,
  origin,
  onClose,
}: {
  readonly machineArn: string;
  readonly input: string;
  /** The name of the execution that is run again. */
  readonly original?: string | undefined;
  /** The file that the input comes from. */
  readonly origin?: string | undefined;
  readonly onClose: () => void;
}) {
  const [input, setInput] = useState(() => prettyJson(given));
  const [name, setName] = useState(() =>
    original === undefined ? '' : repeatName('again', original),
  );
  const isJson = readJson(input) !== undefined;
  const named = name === '' ? {} : { name };
  const start = async () => {
    const body = { stateMachineArn: machineArn, input, ...named };
    const { executionArn } = await callAws<{ executionArn: string }>(
      'states',
      'StartExecution',
      body,
    );
    goTo(hrefOf(`/executions/${executionArn}`));
  };
  return (
    <Dialog
      title={`${original === undefined ? t('New execution') : t('Run again')}: ${nameOfArn(machineArn)}`}
      actionLabel={t('Start')}
      isReady={isJson}
      act={start}
      commands={startLines({ machineArn, name, input })}
      onClose={onClose}
      size="large"
    >
      <FormField label={t('Name')} constraintText={t('A name is made where none is given')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField
        label={t('Input')}
        description={origin === undefined ? undefined : t('From {file}', { file: origin })}
        errorText={isJson ? undefined : t('This is no JSON')}
        stretch
      >
        <CodeEditor label={t('Input')} value={input} onChange={setInput} />
      </FormField>
    </Dialog>
  );
}

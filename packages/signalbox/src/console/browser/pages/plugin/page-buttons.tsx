import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { PageButton, PageField, PageOutcome } from '../../../server/page-content.ts';
import { ask } from '../../api/call.ts';
import { told } from '../../app/strings.ts';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { readJson } from '../../parts/format.ts';
import { shellWord } from '../../parts/terminal-line.ts';

/** The buttons of a page, a row or a step; each opens a dialog, which says what came of it. */
export function PageButtons({
  page,
  buttons,
  onDone,
}: {
  readonly page: string;
  readonly buttons: readonly PageButton[];
  readonly onDone: (text: string) => void;
}) {
  const [opened, open] = useState<PageButton>();
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        {buttons.map((button) => (
          <Button
            key={`${button.action} ${told(button.label)}`}
            wrapText={false}
            onClick={() => open(button)}
          >
            {`${told(button.label)}…`}
          </Button>
        ))}
      </SpaceBetween>
      {opened !== undefined && (
        <ButtonDialog page={page} button={opened} onDone={onDone} onClose={() => open(undefined)} />
      )}
    </>
  );
}

function ButtonDialog({
  page,
  button,
  onDone,
  onClose,
}: {
  readonly page: string;
  readonly button: PageButton;
  readonly onDone: (text: string) => void;
  readonly onClose: () => void;
}) {
  const { action, label, question, values, fields = [], commands } = button;
  const [given, give] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      fields.map(({ name, value, options }) => [name, value ?? options?.[0] ?? '']),
    ),
  );
  const act = async () => {
    const body = { page, action, values: { ...values, ...given } };
    const { isDone, text } = await ask<PageOutcome>('act', body);
    // The dialog stays open and says why.
    if (!isDone) throw new Error(told(text));
    onDone(told(text));
  };
  return (
    <Dialog
      title={told(label)}
      actionLabel={told(label)}
      isReady={fields.every((field) => isReady(field, given[field.name] ?? ''))}
      act={act}
      commands={commands.map((line) => filledIn(line, given))}
      onClose={onClose}
    >
      <div>{told(question)}</div>
      {fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          value={given[field.name] ?? ''}
          onChange={(value) => give((now) => ({ ...now, [field.name]: value }))}
        />
      ))}
    </Dialog>
  );
}

function Field({
  field: { label, description, kind, options = [] },
  value,
  onChange,
}: {
  readonly field: PageField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <FormField
      label={told(label)}
      description={description === undefined ? undefined : told(description)}
      stretch
    >
      {kind === 'choice' ? (
        <Select
          selectedOption={{ value, label: told(value) }}
          options={options.map((one) => ({ value: one, label: told(one) }))}
          onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
        />
      ) : kind === 'json' ? (
        <CodeEditor label={told(label)} value={value} onChange={onChange} />
      ) : (
        <Input value={value} onChange={({ detail }) => onChange(detail.value)} />
      )}
    </FormField>
  );
}

function isReady({ kind }: PageField, value: string): boolean {
  return kind !== 'json' || readJson(value) !== undefined;
}

/** Puts the fields into a line for a terminal, each as one word. */
function filledIn(line: string, given: Readonly<Record<string, string>>): string {
  return line.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = given[name];
    return value === undefined ? whole : shellWord(value);
  });
}

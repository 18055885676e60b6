import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { t } from '../../app/strings.ts';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { oneLine, prettyJson, readJson } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { shellWord } from '../../parts/terminal-line.ts';
import { type StateTest, type Tested, testInput, testState } from './tested-state.ts';

type Field = keyof StateTest;

/** Runs a state alone, on what a step of it was given or on other values, as often as one likes. */
export function TestDialog({
  name,
  test,
  onClose,
}: {
  readonly name: string;
  readonly test: StateTest;
  readonly onClose: () => void;
}) {
  const [given, give] = useState<StateTest>(() => ({
    definition: prettyJson(test.definition),
    input: prettyJson(test.input),
    variables: prettyJson(test.variables),
    result: test.result === undefined ? undefined : prettyJson(test.result),
  }));
  const [tested, setTested] = useState<Tested>();
  const fields: readonly (readonly [Field, string])[] = [
    ['input', t('Input')],
    ['variables', t('Variables')],
    ['result', t('Result in place of its work')],
    ['definition', t('Definition')],
  ];
  const shown = fields.filter(([field]) => given[field] !== undefined);
  return (
    <Dialog
      title={t('Test {name}', { name })}
      actionLabel={t('Test')}
      isReady={shown.every(([field]) => readJson(given[field]) !== undefined)}
      act={async () => setTested(await testState(given))}
      commands={[lineFor(given)]}
      closesAfter={false}
      onClose={onClose}
      size="large"
    >
      {shown.map(([field, label]) => (
        <FormField
          key={field}
          label={label}
          errorText={readJson(given[field]) === undefined ? t('This is no JSON') : undefined}
          stretch
        >
          <CodeEditor
            label={label}
            value={given[field] ?? ''}
            onChange={(value) => give((now) => ({ ...now, [field]: value }))}
          />
        </FormField>
      ))}
      {tested !== undefined && <Outcome tested={tested} />}
    </Dialog>
  );
}

function Outcome({ tested: { error, cause, output, nextState } }: { readonly tested: Tested }) {
  return (
    <div role="status">
      {error === undefined ? (
        <StatusIndicator type="success">
          {nextState === undefined ? t('Succeeded') : t('Goes on to {name}', { name: nextState })}
        </StatusIndicator>
      ) : (
        <StatusIndicator type="error">{`${error}: ${cause ?? ''}`}</StatusIndicator>
      )}
      <Box variant="awsui-key-label">{t('Output')}</Box>
      <JsonView label={t('Output')} text={output} />
    </div>
  );
}

function lineFor(test: StateTest): string {
  const { definition, input, inspectionLevel, ...more } = testInput(test);
  const options = Object.entries(more).map(([name, value]) => {
    const text = typeof value === 'string' ? oneLine(value) : JSON.stringify(value);
    return ` --${name} ${shellWord(text)}`;
  });
  const level = `--inspection-level ${inspectionLevel}`;
  return `aws stepfunctions test-state --definition ${shellWord(oneLine(definition))} --input ${shellWord(oneLine(input))} ${level}${options.join('')}`;
}

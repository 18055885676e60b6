import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { parseJson } from '../../../../core/json.ts';
import { compareDefinitions, type DefinitionChange } from '../../../graph/compare-definitions.ts';
import type { MachineView } from '../../../server/machine-view.ts';
import { ask } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { JsonDiff } from '../../parts/json-diff.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { labelOf, readChoices } from './choices.ts';

/** Two definitions side by side: of workflows, of their versions, or as an execution ran it. */
export function DefinitionsPage() {
  const { query } = usePlace();
  const [a, b] = [query.get('a') ?? '', query.get('b') ?? ''];
  return (
    <PageFrame title={t('Compare definitions')}>
      <ColumnLayout columns={2}>
        <Choice side="a" chosen={a} label={t('Before')} />
        <Choice side="b" chosen={b} label={t('After')} />
      </ColumnLayout>
      {a !== '' && b !== '' && <Comparison a={a} b={b} />}
    </PageFrame>
  );
}

function Choice({
  side,
  chosen,
  label,
}: {
  readonly side: 'a' | 'b';
  readonly chosen: string;
  readonly label: string;
}) {
  const { value } = useAnswer(`choices ${chosen}`, () => readChoices(chosen));
  return (
    <FormField label={label} stretch>
      <Select
        selectedOption={chosen === '' ? null : { value: chosen, label: labelOf(chosen) }}
        options={value ?? []}
        placeholder={t('Choose a definition')}
        filteringType="auto"
        filteringPlaceholder={t('Find by name')}
        statusType={value === undefined ? 'loading' : 'finished'}
        loadingText={t('Listing')}
        onChange={({ detail }) => setQuery({ [side]: detail.selectedOption.value })}
      />
    </FormField>
  );
}

function Comparison({ a, b }: { readonly a: string; readonly b: string }) {
  const answer = useAnswer(`definitions ${a} ${b}`, async () => {
    const [before, after] = await Promise.all([viewOf(a), viewOf(b)]);
    return compareDefinitions(
      parseJson(before.definition) ?? null,
      parseJson(after.definition) ?? null,
    );
  });
  return <Answered answer={answer}>{(changes) => <Changes changes={changes} />}</Answered>;
}

function Changes({ changes }: { readonly changes: readonly DefinitionChange[] }) {
  if (changes.length === 0) {
    return <Box color="text-body-secondary">{t('They are the same, state by state.')}</Box>;
  }
  return (
    <SpaceBetween size="m">
      {changes.map((change) => (
        <ChangeView key={change.state} change={change} />
      ))}
    </SpaceBetween>
  );
}

function ChangeView({
  change: { state, kind, before, after },
}: {
  readonly change: DefinitionChange;
}) {
  const words = { added: t('Added'), removed: t('Removed'), changed: t('Changed') };
  const name = state === '' ? t('The whole workflow') : state;
  return (
    <Container
      header={
        <Header variant="h2" description={words[kind]}>
          {name}
        </Header>
      }
    >
      {kind === 'changed' ? (
        <JsonDiff before={before} after={after} />
      ) : (
        <JsonView label={name} text={after ?? before} />
      )}
    </Container>
  );
}

function viewOf(arn: string): Promise<MachineView> {
  const isExecution = /:(execution|express):/.test(arn);
  return ask<MachineView>(
    'machine',
    isExecution ? { executionArn: arn } : { stateMachineArn: arn },
  );
}

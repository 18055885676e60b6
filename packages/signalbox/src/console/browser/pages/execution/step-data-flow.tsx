import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { Step } from '../../../../history/steps/step.ts';
import { variablesBefore } from '../../../../history/steps/variables.ts';
import { callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { t } from '../../app/strings.ts';
import { readJson } from '../../parts/format.ts';
import { JsonDiff } from '../../parts/json-diff.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import type { LiveExecution } from './use-execution.ts';

/** The notes of TestState, each a JSON text. */
interface Tested {
  readonly inspectionData?: Readonly<Record<string, string>>;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

interface Stage {
  readonly title: string;
  readonly text: string | undefined;
}

/** The way of the data through a step, with the difference that each field made. */
export function StepDataFlow({
  execution,
  step,
  definition,
}: {
  readonly execution: LiveExecution;
  readonly step: Step;
  readonly definition: object | undefined;
}) {
  const { value, error, isLoading } = useAnswer(
    definition === undefined ? undefined : `flow ${step.id} ${step.status}`,
    () => testStep(execution, step, definition ?? {}),
  );
  if (isLoading) return <Spinner />;
  const stages = stagesOf(step, value?.inspectionData ?? {});
  return (
    <SpaceBetween size="xs">
      {stages.map(({ title, text }, at) => (
        <ExpandableSection
          key={title}
          headerText={title}
          headerDescription={describe(stages[at - 1]?.text, text, at)}
          defaultExpanded={at === 0 || text !== stages[at - 1]?.text}
        >
          {at > 0 && <JsonDiff before={stages[at - 1]?.text} after={text} />}
          <JsonView label={title} text={text} />
        </ExpandableSection>
      ))}
      <Box color="text-body-secondary" fontSize="body-s">
        {error === undefined
          ? t('Worked out again by TestState, with the recorded input and result.')
          : t('Only input and output are known: {why}', { why: error.message })}
      </Box>
    </SpaceBetween>
  );
}

function describe(before: string | undefined, after: string | undefined, at: number): string {
  if (at === 0) return '';
  return before === after ? t('no change') : t('changed');
}

const STAGES: readonly (readonly [string, string])[] = [
  ['afterInputPath', t('After InputPath')],
  ['afterParameters', t('After Parameters')],
  ['afterArguments', t('Arguments')],
  ['afterItemsPath', t('Items')],
  ['afterItemSelector', t('After ItemSelector')],
  ['result', t('Result')],
  ['afterResultSelector', t('After ResultSelector')],
  ['afterResultPath', t('After ResultPath')],
];

function stagesOf(step: Step, notes: Readonly<Record<string, string>>): readonly Stage[] {
  const between = STAGES.flatMap(([name, title]) => {
    const text = notes[name];
    return text === undefined ? [] : [{ title, text }];
  });
  const result = step.attempts.findLast(({ status }) => status === 'succeeded')?.output;
  const hasResult = result === undefined || between.some(({ title }) => title === t('Result'));
  return [
    { title: t('Input'), text: step.input },
    ...between,
    ...(hasResult ? [] : [{ title: t('Result'), text: result }]),
    { title: t('Output'), text: step.output },
  ];
}

/** Runs the state again on what it was given, with its recorded result in place of its work. */
async function testStep(
  { steps, machine }: LiveExecution,
  step: Step,
  definition: object,
): Promise<Tested> {
  const result = step.attempts.findLast(({ status }) => status === 'succeeded')?.output;
  const mock =
    step.attempts.length === 0
      ? mockOfGroup(step)
      : { mock: { result: result ?? '{}', fieldValidationMode: 'NONE' } };
  const variables = Object.entries(variablesBefore(steps, step)).map(
    ([name, text]) => `${JSON.stringify(name)}:${text}`,
  );
  const root = readJson(machine?.definition);
  const language =
    typeof root === 'object' && root !== null && 'QueryLanguage' in root
      ? { QueryLanguage: root.QueryLanguage }
      : {};
  return callAws<Tested>('states', 'TestState', {
    definition: JSON.stringify({ ...language, ...definition }),
    input: step.input,
    inspectionLevel: 'DEBUG',
    ...mock,
    ...(variables.length === 0 ? {} : { variables: `{${variables.join(',')}}` }),
  });
}

/** The result of a Map or Parallel is no event of its own: its output stands for it. */
function mockOfGroup({ type, output }: Step) {
  const isGroup = type === 'Map' || type === 'Parallel';
  return isGroup
    ? {
        mock: {
          result: output?.startsWith('[') === true ? output : '[]',
          fieldValidationMode: 'NONE',
        },
      }
    : {};
}

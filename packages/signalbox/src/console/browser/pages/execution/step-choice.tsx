import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { jsonText } from '../../../../core/exact-json/exact-number.ts';
import type { JsonObject } from '../../../../core/json.ts';
import type { Step } from '../../../../history/steps/step.ts';
import { membersText, variablesBefore } from '../../../../history/steps/variables.ts';
import { conditionText } from '../../../graph/condition-text.ts';
import { callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { t } from '../../app/strings.ts';
import { languageOf } from './tested-state.ts';
import type { LiveExecution } from './use-execution.ts';
import { valuesIn } from './values-in.ts';

interface Tested {
  readonly text: string;
  readonly next: string;
  readonly holds: boolean;
  readonly error: string | undefined;
}

/** Each rule of a Choice with the values that it saw: the first that holds leads on. */
export function StepChoice({
  execution,
  step,
  definition,
}: {
  readonly execution: LiveExecution;
  readonly step: Step;
  readonly definition: object | undefined;
}) {
  const variables = variablesBefore(execution.steps, step);
  const rules = rulesOf(definition);
  const isKnown = definition !== undefined && step.input !== undefined;
  const { value: tested, error } = useAnswer(isKnown ? `choice ${step.id}` : undefined, () =>
    Promise.all(rules.map((rule) => testRule(definition ?? {}, rule, step, variables, execution))),
  );
  const taken = execution.steps.find(
    ({ id, parent }) => id > step.id && sameParent(parent, step.parent),
  );
  if (error !== undefined) return <Box>{error.message}</Box>;
  return (
    <SpaceBetween size="s">
      <ol className="rules">
        {(tested ?? []).map(({ text, next, holds, error: reason }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules are known by their place
          <li key={at} className={holds ? 'holds' : ''}>
            <StatusIndicator type={holds ? 'success' : 'stopped'}>
              {holds ? t('holds') : (reason ?? t('does not hold'))}
            </StatusIndicator>
            <code>{text}</code>
            <Values text={text} input={step.input} variables={variables} />
            <span className="quiet">→ {next}</span>
          </li>
        ))}
      </ol>
      {taken !== undefined && (
        <Box>
          {(tested ?? []).some(({ holds }) => holds)
            ? t('It went on to {name}, by the first rule that holds.', { name: taken.name })
            : t('It went on to {name}, by Default: no rule holds.', { name: taken.name })}
        </Box>
      )}
    </SpaceBetween>
  );
}

function Values({
  text,
  input,
  variables,
}: {
  readonly text: string;
  readonly input: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}) {
  const values = valuesIn(text, input, variables);
  return values.map(({ path, value }) => (
    <span key={path} className="seen-value">
      <code>{path}</code>
      {` ${t('is')} `}
      <code>{value ?? t('absent')}</code>
    </span>
  ));
}

function rulesOf(definition: object | undefined): readonly JsonObject[] {
  if (definition === undefined || !('Choices' in definition)) return [];
  return Array.isArray(definition.Choices) ? definition.Choices : [];
}

/** Runs the state with this rule alone (TestState): whoever leads on to the mark holds. */
async function testRule(
  definition: object,
  rule: JsonObject,
  step: Step,
  variables: Readonly<Record<string, string>>,
  { machine }: LiveExecution,
): Promise<Tested> {
  const { Next: next } = rule;
  const state = { ...definition, Choices: [{ ...rule, Next: 'Holds' }], Default: 'DoesNotHold' };
  const said = { text: conditionText(rule), next: String(next) };
  const { nextState, error, cause } = await callAws<{
    nextState?: string;
    error?: string;
    cause?: string;
  }>('states', 'TestState', {
    definition: jsonText({ ...languageOf(machine?.definition), ...state }),
    input: step.input,
    ...(Object.keys(variables).length === 0 ? {} : { variables: membersText(variables) }),
  });
  const reason = error === undefined ? undefined : `${error}: ${cause ?? ''}`;
  return { ...said, holds: nextState === 'Holds', error: reason };
}

function sameParent(one: Step['parent'], other: Step['parent']): boolean {
  return one?.stepId === other?.stepId && one?.index === other?.index;
}

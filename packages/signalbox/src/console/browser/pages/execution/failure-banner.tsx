import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { failingStep } from '../../../../history/steps/failing-step.ts';
import { useSurroundings } from '../../app/place-context.tsx';
import { t } from '../../app/strings.ts';
import { readJson } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { selectStep } from './selection.ts';
import type { LiveExecution } from './use-execution.ts';

/** Why an execution ended badly, with the way to the step that is to blame. */
export function FailureBanner({ execution }: { readonly execution: LiveExecution }) {
  const { described, steps } = execution;
  const status = described?.status ?? 'RUNNING';
  if (status === 'RUNNING' || status === 'SUCCEEDED' || status === 'PENDING_REDRIVE') return null;
  const step = failingStep(steps);
  const error = described?.error ?? step?.error;
  const cause = described?.cause ?? step?.cause;
  const words: Readonly<Record<string, string>> = {
    ABORTED: t('The execution was stopped'),
    TIMED_OUT: t('The execution took too long'),
  };
  const heading = error ?? words[status] ?? t('The execution failed');
  return (
    <Alert
      type={status === 'ABORTED' ? 'warning' : 'error'}
      header={heading}
      action={
        step !== undefined && (
          <Button onClick={() => selectStep(step.id)}>{`${t('Show step')} ${step.name}`}</Button>
        )
      }
    >
      {cause !== undefined && <CauseView cause={cause} />}
    </Alert>
  );
}

/** A cause: a function's error with its stack, other JSON over several lines, or plain text. */
export function CauseView({ cause }: { readonly cause: string }) {
  const { root } = useSurroundings();
  const value = readJson(cause);
  if (typeof value !== 'object' || value === null) return <p className="cause">{cause}</p>;
  const message = 'errorMessage' in value ? String(value['errorMessage']) : undefined;
  const trace =
    'trace' in value && Array.isArray(value['trace'])
      ? value['trace'].map((line) => String(line).replaceAll(`${root}/`, ''))
      : [];
  const place = trace.find((line) => /\.tsx?:\d+/.test(line) && !line.includes('node_modules'));
  return (
    <div className="cause">
      {message !== undefined && <p>{message}</p>}
      {place !== undefined && <code className="place">{place.trim()}</code>}
      <ExpandableSection
        headerText={trace.length > 0 ? t('Stack and cause') : t('Cause')}
        defaultExpanded={message === undefined}
      >
        {trace.length > 0 && <pre>{trace.join('\n')}</pre>}
        <JsonView label={t('Cause')} text={cause} />
      </ExpandableSection>
    </div>
  );
}

import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { StepStatus } from '../../../history/steps/step.ts';
import { t } from '../app/strings.ts';

/** An execution's status as AWS writes it. */
export type ExecutionStatus =
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMED_OUT'
  | 'ABORTED'
  | 'PENDING_REDRIVE';

interface Shown {
  readonly type: StatusIndicatorProps.Type;
  readonly text: string;
}

const OF_EXECUTION: Readonly<Record<ExecutionStatus, Shown>> = {
  RUNNING: { type: 'in-progress', text: t('Running') },
  SUCCEEDED: { type: 'success', text: t('Succeeded') },
  FAILED: { type: 'error', text: t('Failed') },
  TIMED_OUT: { type: 'error', text: t('Timed out') },
  ABORTED: { type: 'stopped', text: t('Aborted') },
  PENDING_REDRIVE: { type: 'pending', text: t('Pending redrive') },
};

const OF_STEP: Readonly<Record<StepStatus, Shown>> = {
  running: { type: 'in-progress', text: t('Running') },
  waiting: { type: 'pending', text: t('Waiting') },
  retrying: { type: 'warning', text: t('Retrying') },
  succeeded: { type: 'success', text: t('Succeeded') },
  caught: { type: 'warning', text: t('Caught error') },
  failed: { type: 'error', text: t('Failed') },
  'timed-out': { type: 'error', text: t('Timed out') },
  aborted: { type: 'stopped', text: t('Aborted') },
};

/** The status of an execution: by icon, colour and word. */
export function ExecutionStatusBadge({ status }: { readonly status: string }) {
  const { type, text } = isExecutionStatus(status)
    ? OF_EXECUTION[status]
    : { type: 'info' as const, text: status };
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}

/** The status of a step: by icon, colour and word. */
export function StepStatusBadge({ status }: { readonly status: StepStatus }) {
  const { type, text } = OF_STEP[status];
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}

/** The word for a step's status. */
export function stepStatusText(status: StepStatus): string {
  return OF_STEP[status].text;
}

function isExecutionStatus(status: string): status is ExecutionStatus {
  return Object.hasOwn(OF_EXECUTION, status);
}

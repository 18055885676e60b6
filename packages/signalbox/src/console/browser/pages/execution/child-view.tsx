import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { followLink, goTo, hrefOf } from '../../app/location.ts';
import { ExecutionStatusBadge } from '../../parts/status.tsx';
import { useNow } from '../../parts/use-now.ts';
import { GraphView } from './graph-view.tsx';
import { useExecution } from './use-execution.ts';

const NONE: ReadonlyMap<number, number> = new Map();

/** Another execution in place: its graph, live; a state leads to it there. */
export function ChildView({ arn }: { readonly arn: string }) {
  const { described, machine, steps, error } = useExecution(arn);
  const nowMs = useNow(described?.status === 'RUNNING');
  const href = hrefOf(`/executions/${arn}`);
  return (
    <SpaceBetween size="s">
      {error !== undefined && <Alert type="error">{error}</Alert>}
      <SpaceBetween direction="horizontal" size="s">
        <ExecutionStatusBadge status={described?.status ?? ''} />
        <Link href={href} onFollow={followLink}>
          {described?.name ?? arn}
        </Link>
      </SpaceBetween>
      {described?.error !== undefined && (
        <Alert type="error" header={described.error}>
          {described.cause}
        </Alert>
      )}
      {machine?.graph === undefined ? (
        machine === undefined && error === undefined && <Spinner />
      ) : (
        <GraphView
          graph={machine.graph}
          steps={steps}
          iterations={NONE}
          selected={undefined}
          selectedStepId={undefined}
          nowMs={nowMs}
          isRunning={described?.status === 'RUNNING'}
          onSelect={(_name, id) =>
            goTo(hrefOf(`/executions/${arn}`, { step: id === undefined ? undefined : String(id) }))
          }
        />
      )}
    </SpaceBetween>
  );
}

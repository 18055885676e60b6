import Box from '@cloudscape-design/components/box';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { lineForEach } from '../../parts/terminal-line.ts';
import { type StartRequest, startLines } from '../execution/terminal-lines.ts';
import { changeAll, type DoneWithAll, fittingRows, readStarts, startAll } from './do-with-all.ts';

interface SelectionProps {
  readonly rows: readonly ExecutionRow[];
  readonly onDone: (text: string) => void;
  readonly onClose: () => void;
}

/** Asks before the chosen executions are stopped or redriven: those that it fits. */
export function ChangeDialog({
  kind,
  rows,
  onDone,
  onClose,
}: SelectionProps & { readonly kind: 'stop' | 'redrive' }) {
  const fitting = fittingRows(kind, rows);
  const arns = fitting.map(({ arn }) => arn);
  const title =
    kind === 'stop'
      ? t('Stop {count} executions?', { count: fitting.length })
      : t('Redrive {count} executions?', { count: fitting.length });
  return (
    <Dialog
      title={title}
      actionLabel={kind === 'stop' ? t('Stop') : t('Redrive')}
      act={async () => onDone(sayDone(await changeAll(kind, fitting)))}
      commands={[
        lineForEach(
          'arn',
          arns,
          (arn) => `aws stepfunctions ${kind}-execution --execution-arn ${arn}`,
        ),
        lineForEach('arn', arns, (arn) => `npx signalbox ${kind} ${arn}`),
      ]}
      onClose={onClose}
    >
      {kind === 'redrive' && (
        <Box>
          {t('It goes on in the steps that did not succeed, with the definition that it ran.')}
        </Box>
      )}
      <Names rows={fitting} />
      {fitting.length < rows.length && (
        <Box color="text-body-secondary">
          {t('{count} others stay as they are: it does not fit their status.', {
            count: rows.length - fitting.length,
          })}
        </Box>
      )}
    </Dialog>
  );
}

/** Asks before the chosen executions are run again, each with the input that it had. */
export function AgainDialog(props: SelectionProps) {
  const { rows } = props;
  const answer = useAnswer(`starts ${rows.map(({ arn }) => arn).join(' ')}`, () =>
    readStarts(rows),
  );
  return (
    <Answered answer={answer}>{(starts) => <KnownStarts starts={starts} {...props} />}</Answered>
  );
}

function KnownStarts({
  starts,
  rows,
  onDone,
  onClose,
}: SelectionProps & { readonly starts: readonly StartRequest[] }) {
  return (
    <Dialog
      title={t('Run {count} executions again?', { count: rows.length })}
      actionLabel={t('Run again')}
      act={async () => onDone(sayDone(await startAll(starts)))}
      commands={starts.flatMap(startLines)}
      onClose={onClose}
    >
      <Box>{t('Each is a new execution with the input that it had.')}</Box>
      <Names rows={rows} />
    </Dialog>
  );
}

const NAMED = 10;

/** The names of executions, the first of many. */
export function Names({ rows }: { readonly rows: readonly ExecutionRow[] }) {
  return (
    <ul className="plain-list">
      {rows.slice(0, NAMED).map(({ arn, name }) => (
        <li key={arn}>{name}</li>
      ))}
      {rows.length > NAMED && <li>{t('and {count} more', { count: rows.length - NAMED })}</li>}
    </ul>
  );
}

/** @throws {Error} Where one was refused: the dialog stays open and says which, and why. */
function sayDone({ done, refused }: DoneWithAll): string {
  if (refused.length === 0) return t('Done with {count}', { count: done });
  const why = refused.map(({ name, reason }) => `${name}: ${reason}`).join('\n');
  throw new Error(
    `${t('Done with {count}, refused for {refused}.', { count: done, refused: refused.length })}\n${why}`,
  );
}

import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef, useState } from 'react';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { t } from '../../app/strings.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { jsonFile, saveFile } from '../../parts/save-file.ts';
import { lineForEach, shellWord } from '../../parts/terminal-line.ts';
import { exportAll } from './export-all.ts';
import { Names } from './selection-dialog.tsx';

const FILE = 'executions.json';

/** Saves the chosen executions with their histories in one file. */
export function ExportDialog({
  rows,
  onDone,
  onClose,
}: {
  readonly rows: readonly ExecutionRow[];
  readonly onDone: (text: string) => void;
  readonly onClose: () => void;
}) {
  const isWanted = useRef(true);
  const [read, setRead] = useState<number>();
  useEffect(() => {
    isWanted.current = true;
    return () => {
      isWanted.current = false;
    };
  }, []);
  const save = async () => {
    setRead(0);
    const parts = await exportAll(rows, { isWanted: () => isWanted.current, onRead: setRead });
    if (parts === undefined) return;
    saveFile(FILE, jsonFile(parts));
    onDone(t('{count} executions are in {file}', { count: rows.length, file: FILE }));
  };
  return (
    <Dialog
      title={t('Export {count} executions', { count: rows.length })}
      actionLabel={t('Export')}
      act={save}
      commands={linesFor(rows.map(({ arn }) => arn))}
      onClose={onClose}
    >
      <Box>
        {t(
          'One JSON file with what DescribeExecution and GetExecutionHistory return for each, inputs and outputs included.',
        )}
      </Box>
      <Names rows={rows} />
      {read !== undefined && (
        <StatusIndicator type="loading">
          {t('{read} of {count} read', { read, count: rows.length })}
        </StatusIndicator>
      )}
    </Dialog>
  );
}

function linesFor(arns: readonly string[]): readonly string[] {
  const read = (action: string) =>
    lineForEach('arn', arns, (arn) => `aws stepfunctions ${action} --execution-arn ${arn}`);
  return [
    `npx signalbox export ${arns.map(shellWord).join(' ')} > ${FILE}`,
    read('describe-execution'),
    read('get-execution-history'),
  ];
}

import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';
import { t } from '../app/strings.ts';
import { CommandLines } from './command-lines.tsx';

/** A question with an action. */
export interface DialogProps {
  readonly title: string;
  readonly actionLabel: string;
  readonly isReady?: boolean;
  readonly act: () => Promise<unknown>;
  /** The lines that do the same in a terminal. */
  readonly commands: readonly string[];
  /** Whether it closes when the action has succeeded; it does unless this says no. */
  readonly closesAfter?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: 'medium' | 'large';
}

/** Asks before something is done, and shows why it was refused. */
export function Dialog(props: DialogProps) {
  const {
    title,
    actionLabel,
    isReady = true,
    act,
    commands,
    onClose,
    children,
    size = 'medium',
    closesAfter = true,
  } = props;
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await act();
      if (closesAfter) onClose();
    } catch (reason) {
      setError(reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      size={size}
      onDismiss={onClose}
      header={title}
      closeAriaLabel={t('Close')}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button variant="primary" disabled={!isReady} loading={isBusy} onClick={run}>
              {actionLabel}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {children}
        {commands.length > 0 && <CommandLines lines={commands} />}
        {error !== undefined && (
          <Alert type="error">
            <span className="lines">{error}</span>
          </Alert>
        )}
      </SpaceBetween>
    </Modal>
  );
}

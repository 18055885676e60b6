import Alert from '@cloudscape-design/components/alert';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';
import type { Answer } from '../api/use-answer.ts';

/**
 * Shows an answer: a spinner before it is there, and why where it did not come. What is known stays
 * while it is asked again.
 */
export function Answered<T>({
  answer: { value, error },
  size = 'normal',
  children,
}: {
  readonly answer: Answer<T>;
  readonly size?: 'normal' | 'large';
  readonly children: (value: T) => ReactNode;
}) {
  return (
    <>
      {error !== undefined && <Alert type="error">{error.message}</Alert>}
      {value === undefined ? error === undefined && <Spinner size={size} /> : children(value)}
    </>
  );
}

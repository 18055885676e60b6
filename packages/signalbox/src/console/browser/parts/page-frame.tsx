import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

/** The frame of a page: its heading with a number, a description and actions, what went wrong, and its parts. */
export function PageFrame({
  title,
  counter,
  description,
  actions,
  error,
  children,
}: {
  readonly title: string;
  readonly counter?: string | undefined;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={description}
          actions={actions}
          {...(counter === undefined ? {} : { counter: `(${counter})` })}
        >
          {title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {error !== undefined && <Alert type="error">{error}</Alert>}
        {children}
      </SpaceBetween>
    </ContentLayout>
  );
}

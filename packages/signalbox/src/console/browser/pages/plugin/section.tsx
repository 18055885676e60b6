import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';
import type { PageSection, PageText } from '../../../server/page-content.ts';
import { told } from '../../app/strings.ts';
import { JsonDiff } from '../../parts/json-diff.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import { Cell } from './cell.tsx';
import { SectionTable } from './section-table.tsx';
import { SectionTimeline } from './section-timeline.tsx';

/** A part of a plug-in's page. */
export function Section({
  section,
  page,
  at,
  onDone,
}: {
  readonly section: PageSection;
  readonly page: string;
  /** The place among the parts: what is chosen in it stands in the URL under this number. */
  readonly at: number;
  readonly onDone: (text: string) => void;
}) {
  switch (section.kind) {
    case 'note':
      return <Alert type={section.level}>{told(section.text)}</Alert>;
    case 'table':
      return <SectionTable section={section} page={page} at={at} onDone={onDone} />;
    case 'timeline':
      return (
        <Titled title={section.title}>
          <SectionTimeline section={section} />
        </Titled>
      );
    case 'facts':
      return (
        <Titled title={section.title}>
          <KeyValuePairs
            columns={3}
            items={section.facts.map(({ label, value }) => ({
              label: told(label),
              value: <Cell cell={value} />,
            }))}
          />
        </Titled>
      );
    case 'json':
      return (
        <Titled title={section.title}>
          <JsonView label={told(section.title)} text={section.text} />
        </Titled>
      );
    case 'difference':
      return (
        <Titled title={section.title} description={section.description}>
          <JsonDiff before={section.before} after={section.after} />
        </Titled>
      );
    case 'text':
      return (
        <Titled title={section.title}>
          <div className="report">
            <Box variant="pre">{section.text}</Box>
          </div>
        </Titled>
      );
  }
}

function Titled({
  title,
  description,
  children,
}: {
  readonly title: PageText;
  readonly description?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <Container
      header={
        <Header variant="h2" {...(description === undefined ? {} : { description })}>
          {told(title)}
        </Header>
      }
    >
      {children}
    </Container>
  );
}

import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { PageContent } from '../../../server/page-content.ts';
import type { ListedPage } from '../../../server/plugin-pages.ts';
import { ask } from '../../api/call.ts';
import { useLiveAnswer } from '../../api/use-live-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { told } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { PageButtons } from './page-buttons.tsx';
import { Section } from './section.tsx';

/** A page of a plug-in, drawn from what it says, and again whenever something has changed. */
export function PluginPage({ page, name }: { readonly page: ListedPage; readonly name: string }) {
  const { query } = usePlace();
  const asked = { page: page.path, name, query: Object.fromEntries(query) };
  const answer = useLiveAnswer(`${page.path} ${name} ${query}`, () =>
    ask<PageContent>('page', asked),
  );
  const [done, setDone] = useState<string>();
  const { value } = answer;
  const act = (text: string) => {
    setDone(text);
    answer.again();
  };
  return (
    <PageFrame
      title={value?.title ?? told(page.title)}
      description={value?.description}
      actions={<PageButtons page={page.path} buttons={value?.buttons ?? []} onDone={act} />}
    >
      {done !== undefined && (
        <Alert type="success" dismissible onDismiss={() => setDone(undefined)}>
          {done}
        </Alert>
      )}
      <Answered answer={answer} size="large">
        {({ choices = [], sections }) => (
          <SpaceBetween size="m">
            {choices.length > 0 && <Choices choices={choices} />}
            {sections.map((section, at) => (
              <Section
                // biome-ignore lint/suspicious/noArrayIndexKey: a page's sections keep their places
                key={at}
                at={at}
                section={section}
                page={page.path}
                onDone={act}
              />
            ))}
          </SpaceBetween>
        )}
      </Answered>
    </PageFrame>
  );
}

function Choices({ choices }: { readonly choices: NonNullable<PageContent['choices']> }) {
  const { query } = usePlace();
  return (
    <SpaceBetween direction="horizontal" size="m">
      {choices.map(({ name, label, options }) => {
        const given = query.get(name);
        const chosen = options.find((one) => one === given) ?? options[0] ?? '';
        return (
          <FormField key={name} label={told(label)}>
            <Select
              selectedOption={{ value: chosen, label: told(chosen) }}
              options={options.map((value) => ({ value, label: told(value) }))}
              onChange={({ detail }) => setQuery({ [name]: detail.selectedOption.value })}
            />
          </FormField>
        );
      })}
    </SpaceBetween>
  );
}

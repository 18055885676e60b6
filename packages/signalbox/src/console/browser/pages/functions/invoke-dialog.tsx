import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import type { FoundSample } from '../../../server/samples.ts';
import { callAws } from '../../api/call.ts';
import { useSample } from '../../api/use-sample.ts';
import { t } from '../../app/strings.ts';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { readJson } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { shellWord } from '../../parts/terminal-line.ts';

/** What Invoke returns; the payload came as text. */
interface Invoked {
  readonly Payload?: string;
  readonly FunctionError?: string;
}

interface InvokeProps {
  readonly functionName: string;
  readonly onClose: () => void;
}

/** Invokes a function once, with its sample unless another event is written, and shows what it returned. */
export function InvokeDialog(props: InvokeProps) {
  const { value, isLoading } = useSample({ functionName: props.functionName });
  if (isLoading) return null;
  return <InvokeWith sample={value?.sample} {...props} />;
}

function InvokeWith({
  functionName,
  sample,
  onClose,
}: InvokeProps & { readonly sample: FoundSample | undefined }) {
  const [payload, setPayload] = useState(sample?.text ?? '{}');
  const [answer, setAnswer] = useState<Invoked>();
  const isReady = readJson(payload) !== undefined;
  const invoke = async () => {
    const input = { FunctionName: functionName, Payload: payload };
    setAnswer(await callAws<Invoked>('lambda', 'Invoke', input));
  };
  return (
    <Dialog
      title={t('Invoke {name}', { name: functionName })}
      actionLabel={t('Invoke')}
      isReady={isReady}
      act={invoke}
      commands={[
        `aws lambda invoke --function-name ${functionName} --cli-binary-format raw-in-base64-out --payload ${shellWord(payload)} /dev/stdout`,
        `npx signalbox invoke ${functionName} --event ${shellWord(payload)}`,
      ]}
      closesAfter={false}
      onClose={onClose}
      size="large"
    >
      <FormField
        label={t('Payload')}
        description={sample === undefined ? undefined : t('From {file}', { file: sample.path })}
        errorText={isReady ? undefined : t('This is no JSON')}
        stretch
      >
        <CodeEditor label={t('Payload')} value={payload} onChange={setPayload} />
      </FormField>
      {answer !== undefined && (
        <div>
          <Box variant="h4">
            {answer.FunctionError === undefined
              ? t('Returned')
              : `${t('Failed')}: ${answer.FunctionError}`}
          </Box>
          <JsonView label={t('Returned')} text={answer.Payload} />
        </div>
      )}
    </Dialog>
  );
}

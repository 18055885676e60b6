import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSurroundings } from '../app/place-context.tsx';
import { t } from '../app/strings.ts';
import { lineAt } from './terminal-line.ts';

/** The lines that do in a terminal what a button does here, at the place that the console shows. */
export function CommandLines({ lines: given }: { readonly lines: readonly string[] }) {
  const { terminal } = useSurroundings();
  const lines = given.map((line) => lineAt(line, terminal));
  return (
    <SpaceBetween size="xxs">
      <Box variant="awsui-key-label">{t('The same in a terminal')}</Box>
      <div className="command-lines">
        {lines.map((line) => (
          <div className="command-line" key={line}>
            <CopyToClipboard
              variant="icon"
              textToCopy={line}
              copyButtonAriaLabel={`${t('Copy')}: ${line.slice(0, 60)}`}
              copySuccessText={t('Copied')}
              copyErrorText={t('Not copied')}
            />
            <code>{line}</code>
          </div>
        ))}
      </div>
    </SpaceBetween>
  );
}

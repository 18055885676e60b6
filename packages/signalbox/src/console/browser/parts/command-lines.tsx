import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { t } from '../app/strings.ts';

/** The lines that do in a terminal what a button does here. */
export function CommandLines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <SpaceBetween size="xxs">
      <Box variant="awsui-key-label">{t('The same in a terminal')}</Box>
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
    </SpaceBetween>
  );
}

/** Writes a word for a shell: in single quotes where it needs any. */
export function shellWord(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

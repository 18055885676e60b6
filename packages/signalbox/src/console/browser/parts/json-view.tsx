import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { t } from '../app/strings.ts';
import { prettyJson } from './format.ts';

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d[\d.eE+-]*)/g;

/** The colour of very long texts is not worth the time that it takes. */
const COLOURED_LENGTH = 200_000;

/** JSON over several lines, with colours and a button that copies it as it came. */
export function JsonView({
  text,
  label,
}: {
  readonly text: string | undefined;
  readonly label: string;
}) {
  if (text === undefined) {
    return <Box color="text-body-secondary">–</Box>;
  }
  const pretty = prettyJson(text);
  return (
    <div className="json-view">
      <div className="json-copy">
        <CopyToClipboard
          variant="icon"
          textToCopy={text}
          copyButtonAriaLabel={`${t('Copy')}: ${label}`}
          copySuccessText={t('Copied')}
          copyErrorText={t('Not copied')}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus */}
      <pre tabIndex={0} aria-label={label} role="region">
        {pretty.length > COLOURED_LENGTH ? pretty : coloured(pretty)}
      </pre>
    </div>
  );
}

/** Each token as a text of its own: what is in a payload is never markup. */
function coloured(text: string) {
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon, word, number] = match;
    parts.push(text.slice(at, match.index));
    const kind = colon !== undefined ? 'key' : kindOf(string, word, number);
    parts.push(
      <span key={match.index} className={`json-${kind}`}>
        {string ?? whole}
      </span>,
    );
    if (colon !== undefined) parts.push(colon);
    at = match.index + whole.length;
  }
  return [...parts, text.slice(at)];
}

function kindOf(string?: string, word?: string, number?: string): string {
  if (string !== undefined) return 'string';
  return word !== undefined || number === undefined ? 'word' : 'number';
}

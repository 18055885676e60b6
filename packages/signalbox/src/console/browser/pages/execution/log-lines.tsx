import { jsonText } from '../../../../core/exact-json/exact-number.ts';
import { t } from '../../app/strings.ts';
import { readJson, timeText } from '../../parts/format.ts';

/** A line of a log, and the step that it was written in. */
export interface ShownLine {
  readonly key: string;
  readonly atMs: number;
  readonly message: string;
  readonly source: string;
  readonly onSelect?: (() => void) | undefined;
}

const MOST_LINES = 1_000;

/** Lines of logs: structured ones by their message, the platform's own in grey. */
export function LogLines({ lines }: { readonly lines: readonly ShownLine[] }) {
  return (
    <ol className="log">
      {lines.slice(-MOST_LINES).map((line) => (
        <li key={line.key} className={levelOf(line.message)}>
          <span className="quiet">{timeText(line.atMs).slice(11)}</span>
          {line.onSelect === undefined ? (
            <span className="source">{line.source}</span>
          ) : (
            <button type="button" className="source" onClick={line.onSelect}>
              {line.source}
            </button>
          )}
          <Message text={line.message} />
        </li>
      ))}
    </ol>
  );
}

function Message({ text }: { readonly text: string }) {
  const value = readJson(text);
  if (typeof value !== 'object' || value === null)
    return <span className="message">{text.trimEnd()}</span>;
  const { message, level, ...rest } = { message: undefined, level: undefined, ...value };
  const short = message === undefined ? t('Metrics') : String(message);
  return (
    <details className="message">
      <summary>
        {level !== undefined && <b>{String(level)}</b>} {short}
      </summary>
      <pre>{jsonText(rest, 2)}</pre>
    </details>
  );
}

function levelOf(message: string): string {
  if (/^(START|END|REPORT|INIT_START) /.test(message)) return 'platform';
  if (/"level":"ERROR"|\tERROR\t|^ERROR/.test(message)) return 'error';
  return /"level":"WARN"|\tWARN\t/.test(message) ? 'warning' : '';
}

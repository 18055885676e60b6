import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { PageCell, StyledCell } from '../../../server/page-content.ts';
import { followLink, hrefOf } from '../../app/location.ts';
import { told } from '../../app/strings.ts';

/** A word is not broken. */
const SHORT = 24;
/** Such as JSON, which is broken anywhere. */
const LONG = 80;

/** A text of a plug-in's page, with its state, its link or its bar. */
export function Cell({ cell }: { readonly cell: PageCell }) {
  if (typeof cell === 'string') {
    return cell.length > LONG ? <span className="long">{cell}</span> : cell;
  }
  const { share } = cell;
  if (share === undefined) return <Styled cell={cell} />;
  return (
    <div className="share">
      <div className="share-bar" style={{ width: `${Math.round(Math.min(1, share) * 100)}%` }} />
      <Styled cell={cell} />
    </div>
  );
}

function Styled({ cell }: { readonly cell: StyledCell }) {
  const { state, path } = cell;
  const text = cellText(cell);
  const linked =
    path === undefined ? (
      text
    ) : (
      <Link href={hrefWithin(path)} onFollow={followLink}>
        {text}
      </Link>
    );
  return state === undefined ? (
    linked
  ) : (
    <StatusIndicator type={state} wrapText={text.length > SHORT}>
      {linked}
    </StatusIndicator>
  );
}

/** A path of the console with its query; never another site's. */
function hrefWithin(path: string): string {
  return hrefOf(path.startsWith('/') ? path : `/${path}`);
}

/** The text of a cell, to search in. */
export function cellText(cell: PageCell): string {
  if (typeof cell === 'string') return cell;
  return cell.isWord === true ? told(cell.text) : cell.text;
}

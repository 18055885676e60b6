const ROWS = 'main table tbody tr';

/**
 * Moves from row to row with `j` and `k`, and opens the row with Enter, in whatever list a page shows.
 *
 * @returns Whether the key was one of them, and there is a row for it.
 */
export function pressRowKey(event: KeyboardEvent): boolean {
  if (event.key !== 'j' && event.key !== 'k' && event.key !== 'Enter') return false;
  const focused = document.activeElement;
  const row = focused?.matches(ROWS) === true ? focused : undefined;
  if (event.key === 'Enter') return row !== undefined && openRow(row);
  return enterLongList(event, focused) || moveRow(event.key === 'j' ? 1 : -1, row);
}

/** A long list moves its own selection once it has the focus. */
function enterLongList(event: KeyboardEvent, focused: Element | null): boolean {
  const list = document.querySelector<HTMLElement>('main .rows-body');
  if (list === null || list === focused) return false;
  list.focus();
  list.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, bubbles: true }));
  return true;
}

function moveRow(by: number, row: Element | undefined): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const at = row instanceof HTMLElement ? rows.indexOf(row) : -1;
  const next = rows[Math.max(0, at + by)];
  if (next === undefined) return false;
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

/** Follows the row's link, unfolds what is folded in it, or chooses it. */
function openRow(row: Element): boolean {
  const target =
    row.querySelector<HTMLElement>('a[href], [aria-expanded]') ??
    row.querySelector<HTMLElement>('th, td:nth-child(2), td');
  target?.click();
  return target !== null;
}

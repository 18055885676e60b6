import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
} from 'react';

/** A long list of which only the rows in view are in the page. */
export interface VirtualRowsProps<T> {
  readonly label: string;
  readonly header: ReactNode;
  readonly rows: readonly T[];
  readonly rowHeight: number;
  /** The same function each time, else the selected row is looked for at each drawing. */
  readonly keyOf: (row: T) => string;
  readonly selectedKey: string | undefined;
  readonly onSelect: (row: T) => void;
  /** Enter, or the arrows right and left, on the selected row. */
  readonly onOpen?: ((row: T) => void) | undefined;
  readonly render: (row: T) => ReactNode;
  readonly className?: string;
  readonly maxHeight?: number;
}

const NEXT = new Set(['ArrowDown', 'j']);
const PREVIOUS = new Set(['ArrowUp', 'k']);

/** Shows rows of one height as a table; arrows and `j` `k` move the selection. */
export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { rows, rowHeight, maxHeight = 560 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const selected = useSelected(props);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls
  useEffect(() => {
    if (selected >= 0) virtualizer.scrollToIndex(selected, { align: 'auto' });
  }, [props.selectedKey]);
  return (
    <div
      className={`rows ${props.className ?? ''}`}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
    >
      <div className="row head" role="row" aria-rowindex={1}>
        {props.header}
      </div>
      <div
        className="rows-body"
        role="rowgroup"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows move the selection from here
        tabIndex={0}
        onKeyDown={(event) => move(event, props, selected)}
        style={{ maxHeight }}
      >
        <div
          style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
          role="presentation"
        >
          <Rows {...props} places={virtualizer.getVirtualItems()} selected={selected} />
        </div>
      </div>
    </div>
  );
}

/** Where the selected row stands, -1 for none; not looked for at each turn of the wheel, since rows are many. */
function useSelected<T>({ rows, keyOf, selectedKey }: VirtualRowsProps<T>): number {
  return useMemo(
    () => (selectedKey === undefined ? -1 : rows.findIndex((row) => keyOf(row) === selectedKey)),
    [rows, keyOf, selectedKey],
  );
}

function move<T>(event: KeyboardEvent, props: VirtualRowsProps<T>, selected: number): void {
  const { rows, onSelect, onOpen } = props;
  const by = Number(NEXT.has(event.key)) - Number(PREVIOUS.has(event.key));
  const row = rows[by === 0 ? selected : Math.max(0, selected + by)];
  if (row === undefined) return;
  const opens = event.key === 'Enter' || event.key === 'ArrowRight' || event.key === 'ArrowLeft';
  if (by === 0 && !opens) return;
  event.preventDefault();
  if (by === 0) onOpen?.(row);
  else onSelect(row);
}

interface RowsProps<T> extends VirtualRowsProps<T> {
  readonly places: readonly VirtualItem[];
  readonly selected: number;
}

/** The rows in view. */
function Rows<T>({ rows, places, selected, keyOf, render, onSelect }: RowsProps<T>) {
  const draw = useCallback(
    (index: number) => {
      const row = rows[index];
      return row === undefined ? null : render(row);
    },
    [rows, render],
  );
  const choose = useCallback(
    (index: number) => {
      const row = rows[index];
      if (row !== undefined) onSelect(row);
    },
    [rows, onSelect],
  );
  return places.map(({ index, start, size }) => {
    const row = rows[index];
    if (row === undefined) return null;
    return (
      <Row
        key={keyOf(row)}
        {...{ index, start, size, draw, choose }}
        isSelected={index === selected}
      />
    );
  });
}

interface RowProps {
  readonly index: number;
  readonly start: number;
  readonly size: number;
  readonly isSelected: boolean;
  readonly draw: (index: number) => ReactNode;
  readonly choose: (index: number) => void;
}

/** A row that is in view already is not drawn again while the others scroll in. */
const Row = memo(({ index, start, size, isSelected, draw, choose }: RowProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: so do the keys of the list
  <div
    role="row"
    aria-rowindex={index + 2}
    aria-selected={isSelected}
    className={`row${isSelected ? ' selected' : ''}`}
    style={{ position: 'absolute', top: start, height: size, left: 0, right: 0 }}
    onClick={() => choose(index)}
  >
    {draw(index)}
  </div>
));

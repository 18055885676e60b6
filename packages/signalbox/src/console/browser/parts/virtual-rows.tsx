import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

/** A long list of which only the rows in view are in the page. */
export interface VirtualRowsProps<T> {
  readonly label: string;
  readonly header: ReactNode;
  readonly rows: readonly T[];
  readonly rowHeight: number;
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
  const { rows, rowHeight, keyOf, selectedKey, onSelect, onOpen, maxHeight = 560 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const selected = rows.findIndex((row) => keyOf(row) === selectedKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls
  useEffect(() => {
    if (selected >= 0) virtualizer.scrollToIndex(selected, { align: 'auto' });
  }, [selectedKey]);

  function move(event: KeyboardEvent): void {
    const by = Number(NEXT.has(event.key)) - Number(PREVIOUS.has(event.key));
    const row = rows[by === 0 ? selected : Math.max(0, selected + by)];
    if (row === undefined) return;
    const opens = event.key === 'Enter' || event.key === 'ArrowRight' || event.key === 'ArrowLeft';
    if (by === 0 && !opens) return;
    event.preventDefault();
    if (by === 0) onOpen?.(row);
    else onSelect(row);
  }

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
        onKeyDown={move}
        style={{ maxHeight }}
      >
        <div
          style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
          role="presentation"
        >
          {virtualizer.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: so do its keys
              <div
                key={keyOf(row)}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={index === selected}
                className={`row${index === selected ? ' selected' : ''}`}
                style={{ position: 'absolute', top: start, height: size, left: 0, right: 0 }}
                onClick={() => onSelect(row)}
              >
                {props.render(row)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

import { type ReactNode, useEffect, useSyncExternalStore } from 'react';

/**
 * The panel beside a page, in which a page shows what is selected. It is no state of the shell, which
 * would draw the page again for each change of the panel.
 */
let content: ReactNode;
let isOpen = true;
const listeners = new Set<() => void>();

/** Shows content in the panel for as long as the caller is there; undefined hides the panel. */
export function usePanel(shown: ReactNode, key: string | undefined): void {
  useEffect(() => {
    change(shown);
  }, [shown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new selection opens the panel again
  useEffect(() => {
    openPanel(true);
  }, [key]);
  useEffect(() => () => change(undefined), []);
}

/** What the panel shows now. */
export function PanelSlot(): ReactNode {
  return useSyncExternalStore(subscribe, () => content);
}

/** Whether there is something to show, and whether it is shown. */
export function usePanelState(): { readonly hasContent: boolean; readonly isOpen: boolean } {
  return {
    hasContent: useSyncExternalStore(subscribe, () => content !== undefined),
    isOpen: useSyncExternalStore(subscribe, () => isOpen),
  };
}

/** Opens or closes the panel. */
export function openPanel(isWished: boolean): void {
  isOpen = isWished;
  tell();
}

function change(shown: ReactNode): void {
  content = shown;
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

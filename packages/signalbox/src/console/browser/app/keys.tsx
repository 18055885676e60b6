import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import { useEffect, useState } from 'react';
import { goTo, hrefOf } from './location.ts';
import { pressRowKey } from './row-keys.ts';
import { t } from './strings.ts';

const PLACES: Readonly<Record<string, string>> = {
  h: '/',
  e: '/executions',
  w: '/workflows',
  v: '/events',
  f: '/functions',
  m: '/metrics',
};

const HELP = [
  { label: '/', value: t('Search in the page') },
  { label: t('j, k or arrows'), value: t('Next and previous row') },
  { label: t('Enter'), value: t('Open the row') },
  {
    label: 'g h, g e, g w, g v, g f, g m',
    value: t('Home, executions, workflows, events, functions, metrics'),
  },
  { label: '?', value: t('This help') },
];

/** Listens to the keys that work on every page; returns the help, where it is asked for. */
export function useKeys() {
  const [isHelpShown, showHelp] = useState(false);
  useEffect(() => {
    let isGoing = false;
    const press = (event: KeyboardEvent) => {
      if (isForOthers(event)) return;
      const { key } = event;
      if (isGoing) goToPlace(key);
      else if (key === '?') showHelp(true);
      else if (pressRowKey(event) || (key === '/' && focusSearch())) event.preventDefault();
      isGoing = key === 'g';
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <Modal
      visible={isHelpShown}
      onDismiss={() => showHelp(false)}
      header={t('Keys')}
      closeAriaLabel={t('Close')}
    >
      {isHelpShown ? <KeyValuePairs items={HELP} /> : <Box />}
    </Modal>
  );
}

function goToPlace(key: string): void {
  const path = PLACES[key];
  if (path !== undefined) goTo(hrefOf(path));
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>(
    'main input[type="search"], main input[type="text"]',
  );
  field?.focus();
  return field !== null;
}

function isForOthers(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  // Behind an open dialog nothing moves.
  return isTyping(event.target) || isWithin(event.target, '[role="dialog"]');
}

function isTyping(target: EventTarget | null): boolean {
  return isWithin(
    target,
    'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], .cm-editor',
  );
}

function isWithin(target: EventTarget | null, selector: string): boolean {
  return target instanceof HTMLElement && target.closest(selector) !== null;
}

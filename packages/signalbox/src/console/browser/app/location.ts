import { useSyncExternalStore } from 'react';
import { PREFIX } from '../api/call.ts';

/** The place in the console: all state of a page is in it, so that Back and links restore it. */
export interface Place {
  /** Below the console's own path, such as `/executions`. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Members of a query: undefined and an empty text take one away. */
export type Query = Readonly<Record<string, string | undefined>>;

const listeners = new Set<() => void>();
let current = read();

window.addEventListener('popstate', changed);

/** The place that is shown now. */
export function usePlace(): Place {
  return useSyncExternalStore(subscribe, () => current);
}

/** Returns the URL of a place. */
export function hrefOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${PREFIX}${path}${text === '' ? '' : `?${text}`}`;
}

/** Goes to another place; the place that is shown already is no step for Back. */
export function goTo(href: string): void {
  if (href === `${window.location.pathname}${window.location.search}`) return;
  window.history.pushState(null, '', href);
  changed();
  window.scrollTo(0, 0);
}

/** Changes the query of the place; as a step of its own for Back, unless it is one of many small changes. */
export function setQuery(change: Query, isStep = true): void {
  const query = new URLSearchParams(current.query);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  const href = `${PREFIX}${current.path}${text === '' ? '' : `?${text}`}`;
  if (isStep) window.history.pushState(null, '', href);
  else window.history.replaceState(null, '', href);
  changed();
}

/** Follows a link inside the console without loading the page again; for `onFollow` of Cloudscape. */
export function followLink(event: {
  preventDefault(): void;
  detail: { href?: string | undefined; external?: boolean | undefined };
}): void {
  const { href, external } = event.detail;
  if (external === true || href === undefined) return;
  event.preventDefault();
  goTo(href);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  current = read();
  for (const listener of listeners) listener();
}

function read(): Place {
  const { pathname, search } = window.location;
  const path = pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : pathname;
  return { path: path === '' ? '/' : path, query: new URLSearchParams(search) };
}

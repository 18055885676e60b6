import { createContext, type ReactNode, useContext } from 'react';
import type { ListedPage } from '../../server/plugin-pages.ts';
import type { TerminalOptions } from '../../server/terminal-options.ts';
import { ask } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { setPlaceTime } from './place-time.ts';
import { addKorean } from './strings.ts';

/** What the console shows: a rehearsal, or an account. */
export interface Surroundings {
  readonly kind: 'rehearsal' | 'account';
  readonly region: string;
  readonly title: string;
  readonly knowsWork: boolean;
  /** The directory of the project, which paths of its files are shown without. */
  readonly root: string;
  readonly pages: readonly ListedPage[];
  /** What leads a command of a terminal there. */
  readonly terminal: TerminalOptions;
  /** The time there, in ISO 8601: a rehearsal skips its waits. */
  readonly now: string;
}

const Context = createContext<Surroundings | undefined>(undefined);

/** Loads what is said about the surroundings, and shows `children` then. */
export function SurroundingsProvider({ children }: { readonly children: ReactNode }) {
  const { value, error } = useAnswer('place', surroundings, 30_000);
  if (value !== undefined) return <Context value={value}>{children}</Context>;
  return error === undefined ? null : <p role="alert">{error.message}</p>;
}

let ahead: Promise<Surroundings> | undefined;

/** Asks for the surroundings while the scripts of the page still load. */
export function askPlaceAhead(): void {
  ahead = askPlace();
  // It is said where the answer is waited for.
  ahead.catch(() => undefined);
}

function surroundings(): Promise<Surroundings> {
  const answer = ahead ?? askPlace();
  ahead = undefined;
  return answer;
}

async function askPlace(): Promise<Surroundings> {
  const place = await ask<Surroundings>('place');
  setPlaceTime(place.now);
  for (const { korean } of place.pages) addKorean(korean);
  return place;
}

/** The surroundings of the page. */
export function useSurroundings(): Surroundings {
  const value = useContext(Context);
  if (value === undefined)
    throw new Error('Cannot know the surroundings outside of their provider');
  return value;
}

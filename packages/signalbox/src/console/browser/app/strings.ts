import type { PageText } from '../../server/page-content.ts';
import { KOREAN } from '../korean/korean.ts';

/** The languages of the console. */
export type Language = 'en' | 'ko';

const KEY = 'signalbox-language';
const NAME = 'lang';

/** The language that the URL names (`?lang=ko`), that the person chose, or that the browser asks for. */
export const LANGUAGE: Language = languageOf(
  inUrl() ?? window.localStorage.getItem(KEY) ?? window.navigator.language,
);

/** The English of a text of the console: each has its Korean. */
export type Text = keyof typeof KOREAN;

const korean = new Map<string, string>(Object.entries(KOREAN));

/** Adds texts of a plug-in's pages; those of the console stay as they are. */
export function addKorean(texts: Readonly<Record<string, string>>): void {
  for (const [english, text] of Object.entries(texts)) {
    if (!korean.has(english)) korean.set(english, text);
  }
}

/** Keeps a language and shows the page in it: the URL says it too, for whoever is sent the link. */
export function chooseLanguage(language: Language): void {
  window.localStorage.setItem(KEY, language);
  const url = new URL(window.location.href);
  url.searchParams.set(NAME, language);
  window.location.assign(url);
}

/** A link that names a language keeps it for the pages that come after. */
function inUrl(): string | null {
  const named = new URLSearchParams(window.location.search).get(NAME);
  if (named !== null) window.localStorage.setItem(KEY, languageOf(named));
  return named;
}

/** What stands in the places of `{name}` of a text. */
type Values = Readonly<Record<string, string | number>>;

/** Returns a text of the console in the person's language. */
export function t(english: Text, values: Values = {}): string {
  return told(english, values);
}

/** Returns a text that a page described, or that AWS tells, in the person's language; as it is where there is no other. */
export function told(english: PageText, values: Values = {}): string {
  if (typeof english !== 'string') return told(english.text, english.values);
  const text = LANGUAGE === 'ko' ? (korean.get(english) ?? english) : english;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

function languageOf(text: string): Language {
  return text.startsWith('ko') ? 'ko' : 'en';
}

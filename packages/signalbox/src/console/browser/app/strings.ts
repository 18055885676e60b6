import { KOREAN } from './korean.ts';

/** The languages of the console. */
export type Language = 'en' | 'ko';

const KEY = 'signalbox-language';

/** The language that the person chose, or that the browser asks for. */
export const LANGUAGE: Language = languageOf(
  window.localStorage.getItem(KEY) ?? window.navigator.language,
);

const korean = new Map(Object.entries(KOREAN));

/** Adds texts of a plug-in's pages; those of the console stay as they are. */
export function addKorean(texts: Readonly<Record<string, string>>): void {
  for (const [english, text] of Object.entries(texts)) {
    if (!korean.has(english)) korean.set(english, text);
  }
}

/** Keeps a language and shows the page in it. */
export function chooseLanguage(language: Language): void {
  window.localStorage.setItem(KEY, language);
  window.location.reload();
}

/** Returns a text of the console in the person's language; English where it has no translation. */
export function t(english: string): string {
  return LANGUAGE === 'ko' ? (korean.get(english) ?? english) : english;
}

function languageOf(text: string): Language {
  return text.startsWith('ko') ? 'ko' : 'en';
}

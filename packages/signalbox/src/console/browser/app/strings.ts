import { KOREAN } from './korean.ts';

/** The languages of the console. */
export type Language = 'en' | 'ko';

const KEY = 'signalbox-language';

/** The language that the person chose, or that the browser asks for. */
export const LANGUAGE: Language = languageOf(
  window.localStorage.getItem(KEY) ?? window.navigator.language,
);

/** Keeps a language and shows the page in it. */
export function chooseLanguage(language: Language): void {
  window.localStorage.setItem(KEY, language);
  window.location.reload();
}

/** Returns a text of the console in the person's language; English where it has no translation. */
export function t(english: string): string {
  return LANGUAGE === 'ko' ? (KOREAN[english] ?? english) : english;
}

function languageOf(text: string): Language {
  return text.startsWith('ko') ? 'ko' : 'en';
}

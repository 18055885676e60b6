import { applyDensity, applyMode, Density, Mode } from '@cloudscape-design/global-styles';

/** Light, dark, or as the system is. */
export type Theme = 'light' | 'dark' | 'system';

const KEY = 'signalbox-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

/** Returns the theme that the person chose. */
export function chosenTheme(): Theme {
  const kept = window.localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Shows a theme, and keeps it for the next visit. */
export function chooseTheme(theme: Theme): void {
  window.localStorage.setItem(KEY, theme);
  show();
}

/** Shows the chosen theme from now on, also when the system's changes. */
export function startTheme(): void {
  system.addEventListener('change', show);
  applyDensity(Density.Compact);
  show();
}

function show(): void {
  const theme = chosenTheme();
  const isDark = theme === 'system' ? system.matches : theme === 'dark';
  applyMode(isDark ? Mode.Dark : Mode.Light);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}

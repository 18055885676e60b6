// The files that the tool is built into, by their names in dist/; all but `main` are public.
export const ENTRY_POINTS = {
  main: 'src/cli/main.ts',
  index: 'src/index.ts',
  'states-language': 'src/states-language.ts',
  'event-patterns': 'src/event-patterns.ts',
};

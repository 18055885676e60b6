import { coreData } from './migration-0001-core-data.ts';

/** A change of the schema. One that was applied anywhere is never edited: the next one mends it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Each is one statement: the Data API takes no more. */
  readonly statements: readonly string[];
}

/** All changes, in their order. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: 'core data', statements: coreData },
];

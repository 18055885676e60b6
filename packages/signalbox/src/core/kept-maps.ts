/** Maps that a service keeps its records in; with a store they are there again after a restart. */
export interface KeptMaps {
  /**
   * The map of a name, with what was kept in it. `set`, `delete` and `clear` are kept before they
   * return, so a record that changes is set anew. Records are plain values: JSON, dates, bytes and maps.
   * @throws {AwsError} `set`, `delete` and `clear`: `InternalFailure` when the disk does not take it;
   * the map is then as it was.
   */
  map<T, Stored = T>(name: string, form?: KeptForm<T, Stored>): Map<string, T>;
}

/** The form in which records are kept that are no plain values. */
export interface KeptForm<T, Stored> {
  store(value: T): Stored;
  restore(stored: Stored): T;
}

/** Maps that last as long as the process. */
export const unkeptMaps: KeptMaps = { map: () => new Map() };

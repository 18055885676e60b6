/** A file of lines, each of which is kept whole or not at all. */
export interface Journal {
  /**
   * Writes one line: when it returns, a kill of the process does not lose it.
   * @throws {AwsError} `InternalFailure` when the disk does not take it; nothing of it is kept then.
   */
  append(line: string): void;
  /** Hands what was written to the device. */
  close(): Promise<void>;
}

/** The reader of a journal's lines, who can say the same in fewer. */
export interface JournalReader {
  /** Takes each line that is there, in order. @throws {SyntaxError} When it is none of this journal's. */
  readonly take: (line: string) => void;
  /** The lines that say the same as all lines so far, for a journal that has grown too long. */
  readonly snapshot: () => readonly string[];
}

/**
 * Opens a journal, making it where there is none.
 * @throws {UserError} When a line cannot be read or lines are missing, with file and line.
 */
export type OpenJournal = (reader: JournalReader) => Journal;

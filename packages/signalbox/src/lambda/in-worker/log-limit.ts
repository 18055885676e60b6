/** The log lines that are kept of one invocation, and the characters of all of them. */
export const MOST_LINES = 5000;
export const MOST_CHARACTERS = 8_388_608;

/** Lets through as much of a log as the rehearsal keeps. */
export interface LogLimit {
  readonly emit: (message: string) => void;
  /** Begins another invocation; says how much of the one before was left out, if anything was. */
  reset(): void;
}

/**
 * Bounds what one invocation logs: a function that writes without end would fill the process's memory, and
 * keep it from everything else.
 */
export function limitLog(emit: (message: string) => void): LogLimit {
  let [lines, characters, leftOut] = [0, 0, 0];
  return {
    emit(message) {
      lines += 1;
      const room = MOST_CHARACTERS - characters;
      if (lines > MOST_LINES || room <= 0) {
        leftOut += 1;
        return;
      }
      characters += message.length;
      emit(message.length > room ? `${message.slice(0, room)}…` : message);
    },
    reset() {
      if (leftOut > 0) {
        emit(
          `The rehearsal left out ${leftOut} log lines: it keeps ${MOST_LINES} of an invocation, and ${MOST_CHARACTERS} characters`,
        );
      }
      [lines, characters, leftOut] = [0, 0, 0];
    },
  };
}

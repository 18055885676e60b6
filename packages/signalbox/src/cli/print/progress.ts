/** A stream that may be a terminal. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** One line that changes in place while something goes on. */
export interface Progress {
  /** Shows a text, with the seconds since, until the next or `clear`. */
  show(text: string): void;
  clear(): void;
}

const PERIOD_MS = 250;
const CLEAR_LINE = '\r\u001b[2K';

/** Makes the progress line of a stream; where there is no terminal it writes nothing. */
export function createProgress(stream: ProgressStream): Progress {
  if (stream.isTTY !== true) return { show() {}, clear() {} };
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    stream.write(CLEAR_LINE);
  };
  return {
    show(text) {
      clear();
      const beganMs = performance.now();
      const draw = (): void => {
        const seconds = Math.floor((performance.now() - beganMs) / 1000);
        const line = seconds === 0 ? text : `${text}  ${seconds} s`;
        stream.write(`${CLEAR_LINE}${line.slice(0, (stream.columns ?? 80) - 1)}`);
      };
      timer = setInterval(draw, PERIOD_MS).unref();
      draw();
    },
    clear,
  };
}

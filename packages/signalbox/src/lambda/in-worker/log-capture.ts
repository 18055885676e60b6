import { format } from 'node:util';
import { limitLog } from './log-limit.ts';

/** The console methods that the runtime writes as text lines, with the level that each writes. */
const LEVELS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const;

/** Takes what a function writes: by the console in the runtime's text form, by the streams as it is. */
export interface LogCapture {
  /** Names the invocation that the next console lines belong to. */
  setRequestId(requestId: string): void;
  /** Logs a failure as the runtime does. */
  logError(title: string, error: string): void;
  /** Gives out what the streams hold of an unfinished line, and says what was left out. */
  flush(): void;
}

/**
 * Captures the console and both streams. Each console call is one log event, whatever lines it
 * has, as through Lambda's telemetry channel.
 */
export function captureLogs(take: (message: string) => void): LogCapture {
  let currentRequestId: string | undefined;
  const limit = limitLog(take);
  const { emit } = limit;

  function write(level: string, ...values: readonly unknown[]): void {
    // AWS: outside any invocation the column reads `undefined`.
    emit(
      [new Date().toISOString(), currentRequestId, level, format(...values)].map(String).join('\t'),
    );
  }
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...values: readonly unknown[]) => write(level, ...values));
  }
  Reflect.set(console, 'fatal', (...values: readonly unknown[]) => write('FATAL', ...values));
  // The worker's own streams pass on one chunk per turn of its event loop: a busy loop that is
  // killed would lose the lines before it.
  const flushes = [process.stdout, process.stderr].map((stream) => captureStream(stream, emit));
  return {
    setRequestId(requestId) {
      currentRequestId = requestId;
    },
    logError: (title, error) => write('ERROR', title, error),
    flush() {
      for (const flush of flushes) flush();
      limit.reset();
    },
  };
}

function captureStream(stream: NodeJS.WriteStream, emit: (line: string) => void): () => void {
  let rest = '';
  stream.write = (
    chunk: string | Uint8Array,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    const encoding = typeof encodingOrDone === 'string' ? encodingOrDone : 'utf8';
    const text = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
    const lines = `${rest}${text.toString('utf8')}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) emit(line);
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (callback !== undefined) process.nextTick(callback);
    return true;
  };
  return () => {
    if (rest !== '') emit(rest);
    rest = '';
  };
}

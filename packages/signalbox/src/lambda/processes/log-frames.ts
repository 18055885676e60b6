/**
 * The frames in which runtimes hand their log lines to the platform, so that a line may have several rows:
 * type and length of 4 bytes each, a timestamp of 8, then the text, all big-endian
 * (aws-lambda-python-runtime-interface-client, `FramedTelemetryLogSink`).
 */
const HEADER_BYTES = 16;

/** AWS: every type of frame begins with these two bytes. */
const MAGIC = 0xa55a;

/** Takes the log frames of a stream apart; what is no frame is passed on as it is. */
export function readFrames(take: (message: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER_BYTES) {
      if (rest.readUInt16BE(0) !== MAGIC) {
        take(rest.toString('utf8'));
        rest = Buffer.alloc(0);
        return;
      }
      const end = HEADER_BYTES + rest.readUInt32BE(4);
      if (rest.length < end) return;
      take(rest.toString('utf8', HEADER_BYTES, end));
      rest = rest.subarray(end);
    }
  };
}

/** Splits a stream into lines; `flush` gives out an unfinished one. */
export function readLines(take: (line: string) => void): {
  readonly write: (chunk: Buffer) => void;
  readonly flush: () => void;
} {
  const decoder = new TextDecoder();
  let rest = '';
  return {
    write(chunk) {
      const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    },
    flush() {
      if (rest !== '') take(rest);
      rest = '';
    },
  };
}

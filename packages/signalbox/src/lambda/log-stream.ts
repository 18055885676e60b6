import { randomBytes } from 'node:crypto';

/** AWS: the log tail of an invocation is the last 4 KB of its log. */
const TAIL_BYTES = 4096;

/** The log stream of one execution environment. */
export class LogStream {
  /** Such as `2026/01/05/[$LATEST]0123…`, with its owner before the version where there is one. */
  readonly name: string;
  readonly #emit: (message: string) => void;
  #tail: string[] = [];

  /** `owner` names the function where several may share the group. AWS: Lambda, configuring log groups. */
  constructor(
    startedAt: Date,
    emit: (logStream: string, message: string) => void,
    owner: string = '',
  ) {
    const day = startedAt.toISOString().slice(0, 10).replaceAll('-', '/');
    const name = `${day}/${owner}[$LATEST]${randomBytes(16).toString('hex')}`;
    this.name = name;
    this.#emit = (message) => emit(name, message);
  }

  /** Writes one log event. */
  write(message: string): void {
    this.#tail.push(message);
    this.#emit(message);
  }

  /** Returns the end of what was written since the last call. */
  takeTail(): string {
    const text = Buffer.from(this.#tail.map((message) => `${message.trimEnd()}\n`).join(''));
    this.#tail = [];
    return text.subarray(-TAIL_BYTES).toString('utf8');
  }
}

import type { ServerResponse } from 'node:http';

/** An open stream of server-sent events. */
export interface EventStream {
  /** Sends one message; a client that comes back says the last `id` that it has. */
  send(name: string, data: string, id?: string): void;
  /** Waits until what was sent is on its way, and others have had their turn: between parts of something long. */
  turn(): Promise<void>;
  readonly isOpen: boolean;
  /** Calls `stop` when the client is gone. */
  onClose(stop: () => void): void;
}

const BEAT_MS = 15_000;

/** Begins a stream (HTML Standard, "Server-sent events"); a comment now and then shows that it lives. */
export function openEventStream(response: ServerResponse): EventStream {
  let isOpen = true;
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.write('retry: 1000\n\n');
  const beat = setInterval(() => response.write(': \n\n'), BEAT_MS).unref();
  response.once('close', () => {
    isOpen = false;
    clearInterval(beat);
  });
  return {
    get isOpen() {
      return isOpen;
    },
    send(name, data, id) {
      if (!isOpen) return;
      // JSON holds no line break, so that one line of data is a whole message.
      response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`);
    },
    turn: () =>
      new Promise((resolve) => {
        if (!response.writableNeedDrain || !isOpen) {
          setImmediate(resolve);
          return;
        }
        response.once('drain', resolve);
        response.once('close', resolve);
      }),
    onClose: (stop) => void response.once('close', stop),
  };
}

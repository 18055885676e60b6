import type { Json } from '../../src/core/json.ts';

/** Where a recording was made and where it is played again. */
export interface Places {
  /** The rehearsal's URL, which is that of its queues. */
  readonly url: string;
  readonly accountId: string;
  /** The directory that has a directory of code for each function. */
  readonly functions: string;
}

const QUEUES = 'https://sqs.us-east-1.amazonaws.com/';
const ACCOUNTS = /(?<!\d)(?:111111111111|222222222222)(?!\d)/g;

/** Writes what was recorded as it is in the rehearsal: its account, and its queues. */
export function toRehearsal<T extends Json>(recorded: T, { url, accountId }: Places): T {
  return rewritten(recorded, (text) =>
    text.replaceAll(QUEUES, `${url}/`).replace(ACCOUNTS, accountId),
  );
}

/** Writes what happened in the rehearsal as the recording has it. */
export function toRecording<T extends Json>(happened: T, places: Places): T {
  const code = new RegExp(`${places.functions}/[^/"\\\\]+/`, 'g');
  return rewritten(happened, (text) =>
    text
      .replace(code, '/var/task/')
      .replaceAll(`${places.url}/`, QUEUES)
      .replaceAll(places.accountId, '111111111111'),
  );
}

function rewritten<T extends Json>(value: T, rewrite: (text: string) => string): T {
  const copy: T = JSON.parse(rewrite(JSON.stringify(value)));
  return copy;
}

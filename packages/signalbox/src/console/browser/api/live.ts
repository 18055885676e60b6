import { PREFIX } from './call.ts';

/** The messages of a stream by their names. */
export type Messages = Readonly<Record<string, (data: string) => void>>;

/**
 * Follows a stream of the console. The browser opens it again after a break, with the id of the last
 * message that it has, so that nothing is missed and nothing comes twice.
 *
 * @returns Ends it.
 */
export function follow(
  path: string,
  messages: Messages,
  onConnected: (isConnected: boolean) => void,
): () => void {
  const source = new EventSource(`${PREFIX}/api/live/${path}`);
  for (const [name, take] of Object.entries(messages)) {
    source.addEventListener(name, (event) => {
      if (event instanceof MessageEvent) take(String(event.data));
    });
  }
  source.onopen = () => onConnected(true);
  source.onerror = () => onConnected(false);
  return () => source.close();
}

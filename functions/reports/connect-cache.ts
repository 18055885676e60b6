import { createClient } from '@redis/client';
import type { Cache } from './cache.ts';

/** A cache that is slower than this is none: the database answers in about the same time. */
const TIMEOUT_MS = 500;

/** A cache server. */
export interface CacheServer {
  /** `host:port`. */
  readonly endpoint: string;
  /** ElastiCache speaks TLS alone where it has one. */
  readonly token: string | undefined;
  /** Who signed its certificate, as PEM; the authorities that Node.js knows unless given. */
  readonly authority?: string;
  /** Called when the connection is of no more use. */
  readonly onLost: () => void;
}

/**
 * Connects to Valkey or Redis; a connection that is lost is not made again.
 * @throws {Error} Where it does not answer, or lets nobody in.
 */
export async function connectCache({
  endpoint,
  token,
  authority: ca,
  onLost,
}: CacheServer): Promise<Cache & { close(): void }> {
  const [host = '', port = '6379'] = endpoint.split(':');
  const client = createClient({
    ...(token !== undefined && { password: token }),
    disableOfflineQueue: true,
    commandOptions: { timeout: TIMEOUT_MS },
    socket: {
      host,
      port: Number(port),
      connectTimeout: TIMEOUT_MS,
      // It would wait for a cache that is gone, and the report with it.
      reconnectStrategy: false,
      ...(token === undefined ? {} : { tls: true as const, ...(ca !== undefined && { ca }) }),
    },
  });
  client.on('error', onLost); // the error itself is said by the command that meets it
  await client.connect();
  return {
    get: (key) => client.get(key),
    async set(key, value, ttlSeconds) {
      await client.set(key, value, { expiration: { type: 'EX', value: ttlSeconds } });
    },
    close: () => client.destroy(),
  };
}

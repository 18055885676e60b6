import { logger } from '../shared/logger.ts';
import type { Cache } from './cache.ts';
import { openCache } from './open-cache.ts';

/** Seconds that a report may be old. */
const TTL_SECONDS = 60;

/**
 * Reads a value from the cache, or makes it and leaves it there. A cache that is absent, empty or does
 * not answer changes no answer: it only takes longer.
 */
export async function cached<T extends object>(
  key: string,
  make: () => Promise<T>,
  open: () => Promise<Cache | undefined> = openCache,
): Promise<T> {
  const cache = await quietly(open);
  const kept = await quietly(async () => readKept<T>(await cache?.get(key)));
  if (kept !== undefined) return kept;
  const made = await make();
  await quietly(async () => cache?.set(key, JSON.stringify({ made }), TTL_SECONDS));
  return made;
}

function readKept<T>(text: string | null | undefined): T | undefined {
  if (text === null || text === undefined) return undefined;
  const kept: { readonly made?: T } = JSON.parse(text);
  return kept.made;
}

async function quietly<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    logger.warn('The cache does not answer', { reason: error instanceof Error ? error.name : '' });
    return undefined;
  }
}

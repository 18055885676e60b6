// Loaded into a process with `node --import`: writes down which calls held its event loop, one JSON line each.
// What counts is the processor time of the main thread, and no clock: a busy machine makes no call longer.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const LOOK_MS = 5;
const MOST_MS = 100;
/** What the work of `speedMs` takes on a machine that does nothing else. */
const USUAL_MS = 3;
const TRIES = 20;
const file = process.env.WATCHDOG_FILE;

/** The requests under way, and those that have ended since the last look. */
const calls = new Map();
let lookedAtMs = 0;

/** Processor milliseconds of this thread, with its garbage collection. */
function cpuMs() {
  return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
}

/**
 * Neighbours share caches and cores: a piece of work costs more beside them, also in processor time. They come and go,
 * so the measure is taken anew beside each turn that was long.
 */
function speedMs() {
  const text = JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, name: `n${id}` })));
  const fromMs = cpuMs();
  for (let n = 0; n < TRIES; n += 1) JSON.parse(text);
  return (cpuMs() - fromMs) / TRIES;
}

function nameOf({ method, url, headers }) {
  return `${method} ${headers['x-amz-target'] ?? url.slice(0, 200)}`;
}

function look() {
  const nowMs = cpuMs();
  const heldMs = nowMs - lookedAtMs;
  lookedAtMs = nowMs;
  if (heldMs > MOST_MS && calls.size > 0 && heldMs > MOST_MS * Math.max(1, speedMs() / USUAL_MS)) {
    const names = [...calls.values()].map(({ name }) => name);
    appendFileSync(file, `${JSON.stringify({ heldMs: Math.round(heldMs), calls: names })}\n`);
  }
  if (heldMs > MOST_MS) lookedAtMs = cpuMs();
  for (const [response, { isOver }] of calls) if (isOver) calls.delete(response);
}

if (file !== undefined && isMainThread) {
  subscribe('http.server.request.start', ({ request, response }) => {
    // From the first request on: until then it starts.
    if (calls.size === 0) lookedAtMs = cpuMs();
    const call = { name: nameOf(request), isOver: false };
    calls.set(response, call);
    response.once('close', () => {
      call.isOver = true;
    });
  });
  // Once before, so that the measure is compiled code.
  speedMs();
  setInterval(look, LOOK_MS).unref();
}

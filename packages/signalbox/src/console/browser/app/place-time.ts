/** How far the time of the place that the console shows is before that of the browser: a rehearsal skips its waits. */
let aheadMs = 0;

/** Takes in the time that the place says it has. */
export function setPlaceTime(iso: string): void {
  aheadMs = new Date(iso).getTime() - Date.now();
}

/** Takes in the time of something that happened there: it is never later than now. */
export function sawPlaceTime(atMs: number): void {
  aheadMs = Math.max(aheadMs, atMs - Date.now());
}

/** The time of the place that the console shows, in Unix milliseconds. */
export function placeNow(): number {
  return Date.now() + aheadMs;
}

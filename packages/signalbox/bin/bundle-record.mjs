// Remembers what a bundle was made of, so that an unchanged command line is not bundled again.
import { readFileSync, statSync } from 'node:fs';

/** Tells whether the bundle whose record is `file` would be made of the same files today. */
export function isFresh(file) {
  try {
    const { node, stamps } = JSON.parse(readFileSync(file, 'utf8'));
    if (node !== process.version) return false;
    return Object.entries(stamps).every(([input, stamp]) => stampOf(input) === stamp);
  } catch {
    // No record, or one that cannot be read: the bundle is made again.
    return false;
  }
}

/** The record of a bundle made of `inputs`, absolute paths, by a build that began at `startedAtMs`. */
export function recordOf(inputs, startedAtMs) {
  const stamps = inputs.map((input) => {
    // A file that was written meanwhile may be in the bundle as it was before.
    const changing = statSync(input).mtimeMs >= startedAtMs;
    return [input, changing ? 'changing' : stampOf(input)];
  });
  return JSON.stringify({ node: process.version, stamps: Object.fromEntries(stamps) });
}

function stampOf(input) {
  const stats = statSync(input, { throwIfNoEntry: false });
  return stats === undefined ? 'absent' : `${stats.mtimeMs}:${stats.size}`;
}

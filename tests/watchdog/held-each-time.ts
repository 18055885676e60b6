/** What each request did, by the request's name: such as `130 ms: POST DynamoDB_20120810.PutItem`. */
export type Findings = ReadonlyMap<string, string>;

/**
 * Plays the same requests several times, each time in a process of its own, and names those that were found each time.
 * A turn's processor time also counts the garbage of earlier turns, code that is compiled for the first time and
 * caches that a neighbour has emptied: those fall on another request each time, what a request costs falls on it always.
 * @param play plays all requests, and returns what was found.
 * @param times how often at most; once nothing is left, it is over.
 * @returns name and findings of each request that was found each time.
 * @example await heldEachTime(async () => new Map([['a', '130 ms']]), 2); // ['a: 130 ms, 130 ms']
 */
export async function heldEachTime(
  play: () => Promise<Findings>,
  times: number,
): Promise<readonly string[]> {
  let held: Findings = await play();
  for (let played = 1; played < times && held.size > 0; played += 1) {
    const again = await play();
    held = new Map(
      [...held].flatMap(([name, before]) => {
        const found = again.get(name);
        return found === undefined ? [] : [[name, `${before}, ${found}`]];
      }),
    );
  }
  return [...held].map(([name, found]) => `${name}: ${found}`);
}

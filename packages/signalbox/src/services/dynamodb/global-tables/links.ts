/** Which Regions are reached from others, as far as tables are concerned. */
export interface Links {
  /** Whether DynamoDB is down in a Region. */
  isDown(region: string): boolean;
  /** Whether no write gets from one Region to another now. */
  areCut(source: string, target: string): boolean;
  /** The Regions that are down, and those whose replication is paused alone. */
  readonly down: Set<string>;
  readonly paused: Set<string>;
}

/** Makes the links between Regions; all are whole. */
export function createLinks(): Links {
  const down = new Set<string>();
  const paused = new Set<string>();
  const isCutOff = (region: string): boolean => down.has(region) || paused.has(region);
  return {
    isDown: (region) => down.has(region),
    areCut: (source, target) => isCutOff(source) || isCutOff(target),
    down,
    paused,
  };
}

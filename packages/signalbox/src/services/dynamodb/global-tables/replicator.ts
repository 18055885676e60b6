import { AwsError } from '../../../core/aws-error.ts';
import { type OnBug, ownPromise } from '../../../core/bugs/own-promise.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Links } from './links.ts';
import type { Replica } from './replica.ts';
import type { ReplicatedWrite } from './replicated-write.ts';

/** AWS: a write is usually in the other Regions "within a second". */
const LATENCY_MS = 500;

/** Between tries of what a Region could not take, such as with a full disk. */
const RETRY_MS = 1000;

/** Brings writes from Region to Region, in their order, each some time after it was made. */
export interface Replicator {
  /** Brings a Region's writes to another, as soon as they are due and both are reached. */
  wake(source: string, target: string): void;
  /** The same of all Regions. */
  wakeAll(): void;
  /** Whether a write is under way that can arrive. */
  isBusy(): boolean;
  /** Brings nothing any more. */
  close(): void;
}

/** The Regions' replicas, and what stands between them. */
export interface ReplicatorOptions {
  readonly clock: Clock;
  readonly onBug: OnBug;
  readonly replicas: ReadonlyMap<string, Replica>;
  readonly links: Links;
  /** Notified of a write that has arrived. */
  readonly onArrived: (source: string, write: ReplicatedWrite) => void;
  /** Notified when all that was due has arrived. */
  readonly onRest: () => Promise<void>;
}

/** Makes a replicator; nothing is under way yet. */
export function createReplicator(options: ReplicatorOptions): Replicator {
  const { clock, onBug, replicas, links, onArrived, onRest } = options;
  const busy = new Set<string>();
  let isClosed = false;

  /** The next write of a Region for another, where both are reached. */
  function nextOf(source: string, target: string): ReplicatedWrite | undefined {
    if (isClosed || links.areCut(source, target) || !replicas.has(target)) return undefined;
    return replicas.get(source)?.log.waitingFor(target)[0];
  }

  function wake(source: string, target: string, failed = false): void {
    const pair = `${source} ${target}`;
    const first = nextOf(source, target);
    if (first === undefined || busy.has(pair)) return;
    busy.add(pair);
    const nowMs = clock.now().getTime();
    const dueMs = failed ? nowMs + RETRY_MS : Math.max(nowMs, first.writtenMs + LATENCY_MS);
    const bring = async () => {
      const isWell = await deliver(source, target).finally(() => busy.delete(pair));
      wake(source, target, !isWell);
    };
    // What fails again and again is no reason to jump.
    clock.at(dueMs, () => void ownPromise(bring(), onBug), { background: failed });
  }

  /** Brings what is due; returns whether it arrived. */
  async function deliver(source: string, target: string): Promise<boolean> {
    const release = clock.hold();
    try {
      for (;;) {
        const write = nextOf(source, target);
        if (write === undefined || write.writtenMs + LATENCY_MS > clock.now().getTime()) break;
        await replicas.get(target)?.apply(write);
        onArrived(source, write);
        await replicas.get(source)?.log.delivered(write);
      }
      await onRest();
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) onBug(error);
      return false;
    } finally {
      release();
    }
  }

  return {
    wake,
    wakeAll() {
      for (const { region, log } of replicas.values()) {
        for (const target of log.targets()) wake(region, target);
      }
    },
    isBusy: () => busy.size > 0,
    close() {
      isClosed = true;
    },
  };
}

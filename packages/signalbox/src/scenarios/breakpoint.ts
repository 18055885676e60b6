import { callName } from './call-log.ts';
import type { Stage } from './stage.ts';

/** The breakpoint right after a call; time stands still from it until `end`. */
export interface Breakpoint {
  readonly reached: Promise<void>;
  /** Whether time stands still for it. */
  isNow(): boolean;
  /** Lets time go on, or gives up waiting. */
  end(): void;
}

/** Waits for the first call of a name such as `rds:FailoverDBCluster`. */
export function awaitBreakpoint(stage: Stage, name: string): Breakpoint {
  let release: (() => void) | undefined;
  let stopListening: () => void = () => {};
  const reached = new Promise<void>((resolve) => {
    stopListening = stage.calls.listen((call) => {
      if (callName(call) !== name || release !== undefined) return;
      release = stage.holdTime();
      resolve();
    });
  });
  return {
    reached,
    isNow: () => release !== undefined,
    end() {
      stopListening();
      release?.();
      release = undefined;
    },
  };
}

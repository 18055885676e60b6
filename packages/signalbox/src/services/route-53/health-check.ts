import type { HealthCheckConfig } from '@aws-sdk/client-route-53';
import { type HealthTarget, type Observe, targetOf } from './health-target.ts';

/** The facts that a health check is made with. */
export interface HealthCheckStart {
  readonly id: string;
  readonly callerReference: string;
  readonly config: HealthCheckConfig;
}

/** A health check, and what its checkers have seen. */
export class HealthCheck {
  readonly id: string;
  readonly callerReference: string;
  config: HealthCheckConfig;
  version = 1;
  /** Whether its checkers fail whatever they look at. */
  isBroken = false;
  /** The observation of the checkers, its time, and the status until then. */
  #seen: { readonly isWell: boolean; readonly sinceMs: number; readonly was: boolean };
  readonly #observe: Observe;

  constructor({ id, callerReference, config }: HealthCheckStart, observe: Observe) {
    this.id = id;
    this.callerReference = callerReference;
    this.config = config;
    this.#observe = observe;
    const isWell = observe(this.target);
    this.#seen = { isWell, sinceMs: Number.NEGATIVE_INFINITY, was: isWell };
  }

  get target(): HealthTarget {
    return targetOf(this.config);
  }

  /** The observation of the checkers now. */
  get isWell(): boolean {
    return this.#seen.isWell;
  }

  /** Looks at the target again. */
  look(nowMs: number): void {
    const isWell = !this.isBroken && this.#observe(this.target);
    if (isWell === this.#seen.isWell) return;
    this.#seen = { isWell, sinceMs: nowMs, was: this.#isPassing(nowMs) };
  }

  /**
   * Returns whether Route 53 takes the check for healthy. AWS: a disabled check counts as healthy, and
   * inverting turns what then stands ("UpdateHealthCheck" of the API reference).
   */
  isHealthy(nowMs: number): boolean {
    this.look(nowMs);
    const isPassing = this.config.Disabled === true || this.#isPassing(nowMs);
    return isPassing !== (this.config.Inverted === true);
  }

  /** The result that the checkers agree on: a change counts after as many looks as the threshold says. */
  #isPassing(nowMs: number): boolean {
    const { isWell, sinceMs, was } = this.#seen;
    return nowMs - sinceMs >= delayMsOf(this.config) ? isWell : was;
  }
}

const USUAL_INTERVAL_SECONDS = 30;
const USUAL_THRESHOLD = 3;

/** Returns the time that a change must last until the status changes. Routing controls act at once. */
function delayMsOf({ Type: type, RequestInterval, FailureThreshold }: HealthCheckConfig): number {
  if (type === 'RECOVERY_CONTROL') return 0;
  const intervalSeconds = RequestInterval ?? USUAL_INTERVAL_SECONDS;
  return intervalSeconds * (FailureThreshold ?? USUAL_THRESHOLD) * 1_000;
}

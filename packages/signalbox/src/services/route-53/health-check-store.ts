import { HealthCheck, type HealthCheckStart } from './health-check.ts';
import type { Observe } from './health-target.ts';
import { noSuchHealthCheck } from './route-53-errors.ts';

/** The health checks of the account, in the order of their making. */
export class HealthCheckStore {
  readonly #checks = new Map<string, HealthCheck>();
  readonly #observe: Observe;
  readonly #nowMs: () => number;

  constructor(observe: Observe, nowMs: () => number) {
    this.#observe = observe;
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs();
  }

  all(): readonly HealthCheck[] {
    return [...this.#checks.values()];
  }

  find(id: string | undefined): HealthCheck | undefined {
    return this.#checks.get(id ?? '');
  }

  /** @throws {AwsError} `NoSuchHealthCheck`. */
  get(id: string | undefined): HealthCheck {
    const check = this.find(id);
    if (check === undefined) throw noSuchHealthCheck(id);
    return check;
  }

  add(start: HealthCheckStart): HealthCheck {
    const check = new HealthCheck(start, this.#observe);
    this.#checks.set(check.id, check);
    return check;
  }

  remove(id: string): void {
    this.#checks.delete(id);
  }

  clear(): void {
    this.#checks.clear();
  }

  /** Has every check look at its target again. */
  look(): void {
    for (const check of this.all()) check.look(this.nowMs());
  }

  isHealthy(check: HealthCheck): boolean {
    return check.isHealthy(this.nowMs());
  }
}

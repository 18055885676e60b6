import type { Clock, Timer } from '../../core/clock.ts';
import { type Answer, type Connection, ConnectionLost } from './connection.ts';
import {
  badRequest,
  databaseError,
  databaseUnavailable,
  transactionNotFound,
} from './data-api-errors.ts';
import type { BoundStatement } from './sql-parameters.ts';

/** AWS: a transaction without a call for three minutes is rolled back. */
const IDLE_MS = 3 * 60 * 1000;

interface Transaction {
  readonly id: string;
  timer: Timer;
  end(): void;
}

/**
 * The statements of one database, one after another on one connection: while a transaction is open,
 * calls outside of it wait for its end.
 */
export class Session {
  readonly #open: () => Promise<Connection>;
  readonly #clock: Clock;
  readonly #uuid: () => string;
  #connection: Promise<Connection> | undefined;
  /** Resolves when nothing is under way outside of a transaction. */
  #turn: Promise<unknown> = Promise.resolve();
  #current: Transaction | undefined;
  /** Statements inside the open transaction. */
  #inside: Promise<unknown> = Promise.resolve();

  constructor(open: () => Promise<Connection>, clock: Clock, uuid: () => string) {
    this.#open = open;
    this.#clock = clock;
    this.#uuid = uuid;
  }

  /** Runs statements in a transaction that is open, or else in one of their own: all of them or none. */
  async run(
    statements: readonly BoundStatement[],
    transactionId: string | undefined,
  ): Promise<readonly Answer[]> {
    if (transactionId !== undefined) {
      this.#extend(this.#find(transactionId));
      return this.#within(() => this.#runAll(statements));
    }
    return this.#alone(() => this.#runAll(statements, statements.length > 1));
  }

  async begin(): Promise<string> {
    const id = this.#uuid();
    await new Promise<void>((begun, failed) => {
      const over = this.#alone(async () => {
        await this.#command('BEGIN');
        await new Promise<void>((end) => {
          this.#current = { id, end, timer: this.#expiry(id) };
          begun();
        });
      });
      over.catch(failed);
    });
    return id;
  }

  /** Ends a transaction. @throws {AwsError} `TransactionNotFoundException`. */
  async end(id: string, how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    const transaction = this.#find(id);
    transaction.timer.cancel();
    await this.#within(async () => {
      this.#current = undefined;
      try {
        await this.#command(how);
      } finally {
        transaction.end();
      }
    });
  }

  async close(): Promise<void> {
    this.#current?.timer.cancel();
    this.#current?.end();
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.close();
  }

  #find(id: string): Transaction {
    if (this.#current?.id !== id) throw transactionNotFound(id);
    return this.#current;
  }

  #expiry(id: string): Timer {
    const at = this.#clock.now().getTime() + IDLE_MS;
    return this.#clock.at(at, () => void this.end(id, 'ROLLBACK').catch(() => undefined), {
      background: true,
    });
  }

  #extend(transaction: Transaction): void {
    transaction.timer.cancel();
    transaction.timer = this.#expiry(transaction.id);
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #within<T>(work: () => Promise<T>): Promise<T> {
    const inside = this.#inside.then(work, work);
    this.#inside = inside.catch(() => undefined);
    return inside;
  }

  async #runAll(
    statements: readonly BoundStatement[],
    isOwnTransaction = false,
  ): Promise<readonly Answer[]> {
    if (isOwnTransaction) await this.#command('BEGIN');
    try {
      const answers: Answer[] = [];
      for (const statement of statements) answers.push(await this.#statement(statement));
      if (isOwnTransaction) await this.#command('COMMIT');
      return answers;
    } catch (error) {
      if (isOwnTransaction) await this.#command('ROLLBACK');
      throw error;
    }
  }

  #command(sql: string): Promise<Answer> {
    return this.#statement({ sql, values: [] });
  }

  async #statement({ sql, values }: BoundStatement): Promise<Answer> {
    const release = this.#clock.hold();
    try {
      this.#connection ??= this.#open();
      const connection = await this.#connection;
      return await connection.run(sql, values);
    } catch (error) {
      if (error instanceof ConnectionLost) this.#lose();
      throw refusalOf(error);
    } finally {
      release();
    }
  }

  /** The next call connects anew; the transaction is gone with the connection. */
  #lose(): void {
    this.#connection = undefined;
    this.#current?.timer.cancel();
    this.#current?.end();
    this.#current = undefined;
  }
}

/** PostgreSQL's refusal in the Data API's words; anything else is no refusal. */
function refusalOf(error: unknown): unknown {
  if (error instanceof ConnectionLost) return databaseUnavailable(error.message);
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return error;
  }
  if (error.message.includes('multiple commands into a prepared statement')) {
    return badRequest("Multistatements aren't supported");
  }
  const position =
    'position' in error && typeof error.position === 'string' ? error.position : undefined;
  return databaseError({ message: error.message, code: error.code, position });
}

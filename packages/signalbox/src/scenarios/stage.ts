import type { ClientOptions } from '../cli/session.ts';
import type { World } from '../runtime/world.ts';
import type { CallLog } from './call-log.ts';
import type { EventResult } from './scenario-result.ts';

/** What playing scenarios needs of a running rehearsal, beside its AWS endpoint. */
export interface Stage {
  /** Options of SDK clients that talk to the rehearsal. */
  readonly client: ClientOptions;
  /** The orders API. */
  readonly apiUrl: string;
  /** The API of those who operate the platform. */
  readonly operationsApiUrl: string;
  /** Physical id of a resource of the template. @throws {UserError} When it has none. */
  physicalId(logicalId: string): string;
  /** Physical ids of all resources of a type, such as `AWS::S3::Bucket`. */
  physicalIds(type: string): readonly string[];
  /** Value of a parameter of the template; empty where it has none of the name. */
  parameter(name: string): string;
  /** What the bus did with an event. */
  eventOf(eventId: string): EventResult;
  /** The last events of the operations' bus, oldest first. */
  operationsEvents(): readonly EventResult[];
  /** What the payment provider holds for an order. */
  paymentOf(orderId: string): string;
  /** The services around the app. */
  readonly world: World;
  readonly calls: CallLog;
  /** The rehearsal's time. */
  now(): Date;
  /** Lets time pass to the start of the next scenario, and what is left of the one before end; no more than the latter in real time. */
  toNextStart(): Promise<void>;
  /** Lets a schedule of the template happen now, by its logical id. @throws {UserError} When there is none. */
  runSchedule(logicalId: string): Promise<void>;
  /** Keeps time from skipping until the answer is called; real time does not stand still. */
  holdTime(): () => void;
  /** Resolves when nothing is under way: every execution has ended, or waits for somebody. */
  settled(): Promise<void>;
  /** Lets the time pass that somebody had to answer; absent in real time. */
  readonly nobodyAnswers?: () => void;
}

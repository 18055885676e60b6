import type { ClientOptions } from '../core/client-options.ts';
import type { Histories } from '../history/store.ts';
import type { SimulatedResources } from '../runtime/simulated-resources.ts';
import type { CallLog } from './call-log.ts';
import type { EventResult } from './scenario-result.ts';

/** The parts of a running rehearsal that scenarios are played on, beside its AWS endpoint. */
export interface Stage {
  /** The stage of the stack in another Region. @throws {UserError} Where none is rehearsed there. */
  inRegion(region: string): Stage;
  /** Options of SDK clients that talk to the rehearsal. */
  readonly client: ClientOptions;
  /** Calls an action of an AWS API, as the account's root. */
  call(service: string, action: string, input: object): Promise<object>;
  /** Returns the URL of an HTTP API, by its logical id. @throws {UserError} When the template has none. */
  apiUrl(logicalId: string): string;
  /** Physical id of a resource of the template. @throws {UserError} When it has none. */
  physicalId(logicalId: string): string;
  /** Physical ids of all resources of a type, such as `AWS::S3::Bucket`. */
  physicalIds(type: string): readonly string[];
  /** Value of a parameter of the template; empty where it has none of the name. */
  parameter(name: string): string;
  /** The histories of the executions: time does not pass while they are read. */
  readonly histories: Histories;
  /** Returns the deliveries of an event by the bus. */
  eventOf(eventId: string): EventResult;
  /**
   * The last events of a bus by its name or logical id, oldest first.
   * @throws {UserError} When the template has none.
   */
  eventsOn(bus: string): readonly EventResult[];
  /** URLs of the queues that rules, schedules and functions send to what they could not deliver. */
  deadLetterQueues(): readonly string[];
  /** The services around the app. */
  readonly simulatedResources: SimulatedResources;
  readonly calls: CallLog;
  /** The rehearsal's time. */
  now(): Date;
  /** Lets time pass to the start of the next scenario, and what is left of the one before end; no more than the latter in real time. */
  toNextStart(): Promise<void>;
  /** Lets executions that start from now on use a file of mocks, until the returned function is called. @throws {UserError} When it is wrong. */
  useMocks(mocks: { readonly file: string; readonly testCase?: string | undefined }): () => void;
  /** Lets a schedule of the template happen now, by its logical id. @throws {UserError} When there is none. */
  runSchedule(logicalId: string): Promise<void>;
  /** Keeps time from skipping until the returned function is called; real time does not stand still. */
  holdTime(): () => void;
  /** Resolves when nothing is under way: every execution has ended, or waits for somebody. */
  settled(): Promise<void>;
  /** Lets the time pass that somebody had to answer; absent in real time. */
  readonly nobodyAnswers?: () => void;
}

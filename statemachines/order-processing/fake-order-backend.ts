import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { TaskRequest } from '../../packages/signalbox/src/states-language/ports.ts';
import type { TaskResult } from '../../packages/signalbox/src/states-language/task-result.ts';
import { type Fault, Faults } from '../../tests/definitions/faults.ts';
import type { FakeBackend } from '../../tests/definitions/run-definition.ts';
import { failed, lambda, succeeded } from '../../tests/definitions/task-answers.ts';

type Status = 'PROCESSING' | 'CONFIRMED' | 'COMPENSATING' | 'FAILED';

interface OrderItem {
  readonly executionArn: string;
  status: Status;
  compensationFailures: readonly Json[];
  failure: JsonObject | undefined;
  /** Whether its end is still to be announced. */
  isOpen: boolean;
}

/** The number of items that the order takes, and of those that there are. */
export const QUANTITY = 2;
export const INITIAL_STOCK = 10;

/**
 * A model of the tables, the provider, the warehouse, the bus and the queue for one order: what each
 * function promises, in as few lines. The functions' own tests hold them to it.
 */
export class FakeOrderBackend implements FakeBackend {
  order: OrderItem | undefined;
  available = INITIAL_STOCK;
  reservation: 'NONE' | 'RESERVED' | 'RELEASED' = 'NONE';
  payment: 'none' | 'charged' | 'refunded' | 'voided' = 'none';
  shipment: 'NONE' | 'BOOKED' | 'CANCELLED' = 'NONE';
  readonly announced: JsonObject[] = [];
  readonly parked: JsonObject[] = [];
  readonly calls: string[] = [];
  charges = 0;
  /** Whether the event was a valid order, which its execution need not have written. */
  wasAccepted = true;
  faults: readonly Fault[] = [];
  readonly #orderDetail: JsonObject;
  readonly #faults = new Faults();

  constructor(orderDetail: JsonObject, ...faults: readonly Fault[]) {
    this.#orderDetail = orderDetail;
    this.faults = faults;
  }

  /** Lets what hung be done after all, as by a function that outlives its state. */
  finishLateWork(): void {
    this.#faults.finishLateWork();
  }

  async perform(request: TaskRequest, abort: () => void): Promise<TaskResult> {
    this.calls.push(request.stateName);
    this.beforeCall(request.stateName);
    const work = () => this.#do(request);
    return this.#faults.perform(this.faults, request.stateName, work, abort);
  }

  /** The answers of the approver and the warehouse; a test replaces it. */
  answers: Readonly<Record<string, TaskResult | 'nobody'>> = {};

  /** An effect from elsewhere just before a task is done. */
  beforeCall: (state: string) => void = () => undefined;

  /** A function's result in place of the one that the model would give. */
  overrides: Readonly<Record<string, JsonObject>> = {};

  async answerToken({ stateName }: TaskRequest): Promise<TaskResult> {
    const answer = this.answers[stateName];
    if (answer === 'nobody') return new Promise(() => undefined);
    if (answer !== undefined) return answer;
    if (stateName !== 'ShipOrder') return succeeded({ decision: 'approve' });
    return this.shipment === 'BOOKED'
      ? succeeded({ trackingId: 'SB1' })
      : failed('ShipmentCancelledError');
  }

  #do({ stateName, parameters }: TaskRequest): TaskResult {
    const input = isJsonObject(parameters) ? parameters : {};
    const payload = isJsonObject(input['Payload']) ? input['Payload'] : {};
    const override = this.overrides[stateName];
    if (override !== undefined) return lambda(override);
    const work = this.#tasks[stateName];
    if (work === undefined) throw new Error(`No task "${stateName}" in the model`);
    return work(payload, input);
  }

  readonly #tasks: Readonly<
    Record<string, (payload: JsonObject, input: JsonObject) => TaskResult>
  > = {
    ValidateOrder: () => lambda({ order: this.#orderDetail, payloadHash: 'hash' }),
    ClaimOrder: ({ executionArn }) => {
      this.order ??= {
        executionArn: String(executionArn),
        status: 'PROCESSING',
        compensationFailures: [],
        failure: undefined,
        isOpen: true,
      };
      return lambda({
        outcome: this.order.executionArn === executionArn ? 'claimed' : 'duplicate',
      });
    },
    ReserveStock: () => {
      if (this.reservation === 'RELEASED') return failed('ReservationReleasedError');
      if (this.reservation === 'NONE') {
        if (this.available < QUANTITY) return failed('OutOfStockError');
        this.available -= QUANTITY;
        this.reservation = 'RESERVED';
      }
      return lambda({ reserved: true });
    },
    RequestApproval: () => lambda({}),
    ChargePayment: () => {
      if (this.payment === 'voided' || this.payment === 'refunded') {
        return failed('PaymentVoidedError');
      }
      if (this.payment === 'none') this.charges += 1;
      this.payment = 'charged';
      return lambda({ paymentId: 'pay_1' });
    },
    LookUpPayment: () =>
      lambda({
        status: this.payment,
        ...(this.payment === 'none' ? {} : { paymentId: 'pay_1' }),
      }),
    ShipOrder: () => {
      if (this.shipment === 'NONE' && this.answers['ShipOrder'] === undefined) {
        this.shipment = 'BOOKED';
      }
      return succeeded({ MessageId: '1' });
    },
    ConfirmOrder: ({ executionArn }) => {
      const isOurs = this.order?.executionArn === executionArn;
      if (this.order === undefined || !isOurs) return failed('OrderNotConfirmableError');
      if (this.order.status === 'PROCESSING') this.order.status = 'CONFIRMED';
      return this.order.status === 'CONFIRMED'
        ? lambda({ status: 'CONFIRMED' })
        : failed('OrderNotConfirmableError');
    },
    AnnounceConfirmed: (_, input) => this.#announce(input),
    AnnounceFailed: (_, input) => this.#announce(input),
    BeginCompensation: (_, { ExpressionAttributeValues: values }) => {
      const texts = Object.values(isJsonObject(values) ? values : {}).map((value) =>
        isJsonObject(value) ? value['S'] : undefined,
      );
      const may = this.order !== undefined && texts.includes(this.order.executionArn);
      if (!may || this.order === undefined || !texts.includes(this.order.status)) {
        return failed('DynamoDB.ConditionalCheckFailedException');
      }
      this.order.status = 'COMPENSATING';
      return succeeded({});
    },
    LookUpOrder: () =>
      this.order === undefined
        ? succeeded({})
        : succeeded({
            Item: {
              executionArn: { S: this.order.executionArn },
              status: { S: this.order.status },
            },
          }),
    CancelShipment: () => {
      this.shipment = 'CANCELLED';
      return lambda({});
    },
    RefundPayment: () => {
      this.payment = this.payment === 'none' || this.payment === 'voided' ? 'voided' : 'refunded';
      return lambda({ status: this.payment });
    },
    ReleaseStock: () => {
      if (this.reservation === 'RESERVED') this.available += QUANTITY;
      this.reservation = 'RELEASED';
      return lambda({});
    },
    FailOrder: ({ executionArn, failure, compensationFailures, order: placed }) => {
      if (this.order === undefined && isJsonObject(placed) && placed['orderId'] !== undefined) {
        this.order = {
          executionArn: String(executionArn),
          status: 'FAILED',
          compensationFailures: [],
          failure: undefined,
          isOpen: true,
        };
      }
      const order = this.order?.executionArn === executionArn ? this.order : undefined;
      if (order?.status === 'CONFIRMED') return failed('OrderNotFailableError');
      const { Error: error = '', Cause: cause = 'No cause was given' } = isJsonObject(failure)
        ? failure
        : {};
      if (order !== undefined) {
        order.status = 'FAILED';
        order.failure = { Error: error, Cause: cause };
        order.compensationFailures = Array.isArray(compensationFailures)
          ? compensationFailures
          : [];
      }
      return lambda({ failure: { Error: error, Cause: cause }, recorded: order !== undefined });
    },
    CloseOrder: () => {
      if (this.order !== undefined) this.order.isOpen = false;
      return succeeded({});
    },
    FindUnfinishedOrder: ({ executionArn }) =>
      lambda(this.#findUnfinished(typeof executionArn === 'string' ? executionArn : '')),
    ParkFailures: (_, input) => this.#park(input),
    ParkExecution: (_, input) => this.#park(input),
  };

  #announce({ Entries: entries }: JsonObject): TaskResult {
    const entry = Array.isArray(entries) ? entries[0] : undefined;
    if (isJsonObject(entry)) this.announced.push(entry);
    return succeeded({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
  }

  #park({ MessageBody: body }: JsonObject): TaskResult {
    if (isJsonObject(body)) this.parked.push(body);
    return succeeded({ MessageId: '1' });
  }

  #findUnfinished(executionArn: string): JsonObject {
    const nothing = { outcome: 'nothing', executionArn, order: null, failure: null };
    if (this.wasAccepted) {
      this.order ??= {
        executionArn,
        status: 'PROCESSING',
        compensationFailures: [],
        failure: undefined,
        isOpen: true,
      };
    }
    const { order } = this;
    if (order === undefined || order.executionArn !== executionArn) return nothing;
    const found = {
      executionArn,
      order: { ...this.#orderDetail, confirmedAt: '', paymentId: '', trackingId: '' },
      failure: order.failure ?? { Error: 'ExecutionAborted', Cause: 'Aborted' },
    };
    if (order.status === 'CONFIRMED') return { ...found, outcome: 'unannounced' };
    if (order.status !== 'FAILED' || order.compensationFailures.length > 0) {
      return { ...found, outcome: 'unfinished' };
    }
    return order.isOpen ? { ...found, outcome: 'unannouncedFailure' } : nothing;
  }
}

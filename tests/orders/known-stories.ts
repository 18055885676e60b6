import type { OrderPlan, PlannedOrder } from './order-plan.ts';

/** A run that showed a fault once. */
export interface KnownStory {
  readonly title: string;
  readonly plan: OrderPlan;
  /** What has become of its order. */
  readonly outcome: 'CONFIRMED' | 'FAILED';
}

const ORDER: PlannedOrder = {
  orderId: 'ord-known',
  lines: [{ sku: 'sku-known', quantity: 2, unitPrice: 1_000 }],
  cardToken: 'tok_approve',
  country: 'DE',
  method: 'standard',
  at: { kind: 'first' },
  again: [],
  approval: 'yes',
  carrier: 'yes',
};

function storyOf(
  number: number,
  story: Pick<KnownStory, 'title' | 'outcome'> & {
    readonly order?: Partial<PlannedOrder>;
    readonly plan: Partial<OrderPlan>;
  },
): KnownStory {
  const order = { ...ORDER, orderId: `ord-known-${number}`, ...story.order };
  const plan = { seed: number, stock: { 'sku-known': 5 }, orders: [order], stops: [] };
  return {
    title: story.title,
    outcome: story.outcome,
    plan: { ...plan, injectedFaults: [], losesStatusEvents: false, ...story.plan },
  };
}

/** The stories of issues that random runs have found, the smallest of each. */
export const KNOWN_STORIES: readonly KnownStory[] = [
  storyOf(1, {
    title: 'a duplicate whose order cannot be read is not announced as failed',
    outcome: 'CONFIRMED',
    order: { again: [{ kind: 'seconds', seconds: 30 }] },
    plan: {
      injectedFaults: [
        { call: 'dynamodb:GetItem', occurrence: 1, times: 200, when: 'before', error: 'Internal' },
      ],
    },
  }),
  storyOf(2, {
    title: 'an order whose claim failed stays failed when its event comes again',
    outcome: 'FAILED',
    order: { again: [{ kind: 'seconds', seconds: 300 }] },
    plan: {
      injectedFaults: [
        { call: 'lambda:Invoke/ClaimOrder', occurrence: 1, times: 5, when: 'before' },
      ],
    },
  }),
  storyOf(3, {
    title: 'an order that could not be validated is recorded and announced',
    outcome: 'FAILED',
    plan: {
      injectedFaults: [
        {
          call: 'lambda:Invoke/ValidateOrder',
          occurrence: 1,
          times: 5,
          when: 'before',
          error: 'TooManyRequestsException',
        },
      ],
    },
  }),
  storyOf(4, {
    title: 'an order that is stopped before its claim is recorded and announced',
    outcome: 'FAILED',
    plan: {
      stops: [{ kind: 'calls', calls: 5 }],
      injectedFaults: [
        { call: 'lambda:Invoke/ClaimOrder', occurrence: 1, times: 4, when: 'before' },
      ],
    },
  }),
  storyOf(5, {
    title: 'an order that is stopped between its end and the announcement is announced',
    outcome: 'FAILED',
    order: { cardToken: 'tok_decline' },
    plan: {
      stops: [{ kind: 'seconds', seconds: 3 }],
      injectedFaults: [{ call: 'events:PutEvents', occurrence: 1, times: 6, when: 'before' }],
    },
  }),
  storyOf(6, {
    title: 'an approval whose response was lost is recorded as approved',
    outcome: 'CONFIRMED',
    order: { lines: [{ sku: 'sku-known', quantity: 1, unitPrice: 200_000 }] },
    plan: {
      injectedFaults: [{ call: 'states:SendTaskSuccess', occurrence: 1, times: 1, when: 'after' }],
    },
  }),
  storyOf(7, {
    title: 'an order that is stopped, and whose event is lost, is given back whole',
    outcome: 'FAILED',
    order: { method: 'freight', carrier: 'nobody' },
    plan: { stops: [{ kind: 'seconds', seconds: 600 }], losesStatusEvents: true },
  }),
  storyOf(8, {
    title:
      'an order that is stopped before its claim, and whose event is lost, is recorded and announced',
    outcome: 'FAILED',
    plan: {
      stops: [{ kind: 'calls', calls: 5 }],
      losesStatusEvents: true,
      injectedFaults: [
        { call: 'lambda:Invoke/ClaimOrder', occurrence: 1, times: 4, when: 'before' },
      ],
    },
  }),
  storyOf(9, {
    title: 'a confirmed order whose announcement the bus refuses is announced later',
    outcome: 'CONFIRMED',
    plan: {
      injectedFaults: [{ call: 'events:PutEvents', occurrence: 1, times: 14, when: 'before' }],
    },
  }),
  storyOf(10, {
    title: 'a confirmed order is announced though its announcement and its event are lost',
    outcome: 'CONFIRMED',
    plan: {
      losesStatusEvents: true,
      injectedFaults: [{ call: 'events:PutEvents', occurrence: 1, times: 7, when: 'before' }],
    },
  }),
  storyOf(11, {
    title: 'an order whose workflow could not be started for an hour is brought back',
    outcome: 'CONFIRMED',
    plan: {
      injectedFaults: [
        {
          call: 'states:StartExecution',
          occurrence: 1,
          times: 30,
          when: 'before',
          error: 'ThrottlingException',
        },
      ],
    },
  }),
];

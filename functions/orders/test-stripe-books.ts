/** An intent as Stripe keeps it. */
export interface Intent {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly metadata: { readonly charge_key: string };
  readonly status: 'requires_confirmation' | 'requires_payment_method' | 'succeeded' | 'canceled';
  readonly refunded: boolean;
}

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** A request as the API reads it. */
export interface StripeRequest {
  readonly method: string;
  readonly url: string;
  readonly text: string;
}

/** The books behind the fake of Stripe, in the shapes that its API reference documents. */
export interface StripeBooks {
  /** Whether search finds what was made: it lags behind. */
  isSearchable: boolean;
  readonly intents: Map<string, Intent>;
}

/** What the books answer, and what they become. */
export function answerOf(books: StripeBooks, { method, url, text }: StripeRequest): Answer {
  const { pathname, searchParams } = new URL(url, 'http://stripe');
  const fields = new URLSearchParams(text);
  const [, , noun = '', id = '', verb = ''] = pathname.split('/');
  switch (`${method} ${noun} ${id === 'search' ? id : verb}`.trim()) {
    case 'POST payment_intents':
      return create(books, fields);
    case 'GET payment_intents search':
      return search(books, searchParams.get('query') ?? '');
    case 'GET payment_intents':
      return of(books, id, shown);
    case 'POST payment_intents confirm':
      return of(books, id, (intent) => confirm(books, intent, fields.get('payment_method')));
    case 'POST payment_intents cancel':
      return of(books, id, (intent) => cancel(books, intent));
    case 'POST refunds':
      return of(books, fields.get('payment_intent') ?? '', (intent) => refund(books, intent));
  }
  return failure(404, 'unrecognized_request');
}

function create(books: StripeBooks, fields: URLSearchParams): Answer {
  const amount = Number(fields.get('amount'));
  const currency = fields.get('currency') ?? '';
  if (!Number.isSafeInteger(amount) || amount <= 0 || !/^[a-z]{3}$/.test(currency)) {
    return failure(400, 'parameter_invalid_integer');
  }
  const id = `pi_${books.intents.size + 1}`;
  const metadata = { charge_key: fields.get('metadata[charge_key]') ?? '' };
  const status = 'requires_payment_method';
  return keep(books, { id, amount, currency, metadata, status, refunded: false });
}

function confirm(books: StripeBooks, intent: Intent, card: string | null): Answer {
  const isOpen = intent.status.startsWith('requires_');
  if (!isOpen) return failure(400, 'payment_intent_unexpected_state');
  if (card === 'pm_declined') return failure(402, 'card_declined');
  if (card === 'pm_asks_the_bank') return failure(402, 'authentication_required');
  return keep(books, { ...intent, status: 'succeeded' });
}

function cancel(books: StripeBooks, intent: Intent): Answer {
  const isOpen = intent.status.startsWith('requires_');
  return isOpen
    ? keep(books, { ...intent, status: 'canceled' })
    : failure(400, 'payment_intent_unexpected_state');
}

function refund(books: StripeBooks, intent: Intent): Answer {
  if (intent.status !== 'succeeded') return failure(400, 'payment_intent_unexpected_state');
  if (intent.refunded) return failure(400, 'charge_already_refunded');
  keep(books, { ...intent, refunded: true });
  return { status: 200, body: { id: `re_${intent.id}`, object: 'refund', status: 'pending' } };
}

function search(books: StripeBooks, query: string): Answer {
  const [, key] = /^metadata\['charge_key'\]:'(.*)'$/.exec(query) ?? [];
  const found = [...books.intents.values()].filter(({ metadata }) => metadata.charge_key === key);
  const data = books.isSearchable ? found.map(({ id }) => ({ id, object: 'payment_intent' })) : [];
  return { status: 200, body: { object: 'search_result', data, has_more: false } };
}

function of(books: StripeBooks, id: string, answer: (intent: Intent) => Answer): Answer {
  const intent = books.intents.get(id);
  return intent === undefined ? failure(404, 'resource_missing') : answer(intent);
}

function keep(books: StripeBooks, intent: Intent): Answer {
  books.intents.set(intent.id, intent);
  return shown(intent);
}

function shown({ refunded, ...intent }: Intent): Answer {
  const latest_charge =
    intent.status === 'succeeded' ? { id: `ch_${intent.id}`, object: 'charge', refunded } : null;
  return { status: 200, body: { object: 'payment_intent', ...intent, latest_charge } };
}

/** A failure as Stripe words it. */
export function failure(status: number, code: string): Answer {
  const type = status === 402 ? 'card_error' : 'invalid_request_error';
  return { status, body: { error: { type, code, message: code } } };
}

import { bad, isJsonObject, type Json, ok, type Problem, type Result } from 'signalbox';
import { CARD_TOKENS, type CardToken, type ChargeRequest } from './payment-ledger.ts';

/** Reads the body of a charge, and names everything that is wrong with it. */
export function parseChargeRequest(text: string): Result<ChargeRequest> {
  const body = parseJson(text);
  if (!isJsonObject(body)) return bad({ message: 'Write the body as a JSON object' });
  const { orderId, amount, currency, cardToken } = body;
  const problems: Problem[] = [];
  if (typeof orderId !== 'string' || orderId === '') {
    problems.push({ path: 'orderId', message: 'Write a text that is not empty' });
  }
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount <= 0) {
    problems.push({ path: 'amount', message: 'Write a positive integer of minor units' });
  }
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    problems.push({ path: 'currency', message: 'Write a currency of ISO 4217, such as EUR' });
  }
  if (!isCardToken(cardToken)) {
    const tokens = Object.keys(CARD_TOKENS).join(', ');
    problems.push({ path: 'cardToken', message: `Use a test card: ${tokens}` });
  }
  if (typeof orderId !== 'string' || typeof amount !== 'number') return bad(...problems);
  if (typeof currency !== 'string' || !isCardToken(cardToken)) return bad(...problems);
  return problems.length > 0 ? bad(...problems) : ok({ orderId, amount, currency, cardToken });
}

function isCardToken(value: Json | undefined): value is CardToken {
  return typeof value === 'string' && Object.hasOwn(CARD_TOKENS, value);
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { answerBy } from '../../approvals/approval.ts';
import { approvalPutOf, approvalRequested } from './request-approval.ts';

const request = {
  taskToken: 'SECRET-TOKEN',
  executionArn: 'arn:mine',
  orderId: 'ord-1',
  userId: 'usr-1',
  submittedBy: '',
  currency: 'EUR',
  total: 150_000,
  requestedAt: '2026-11-22T09:30:01.5Z',
  timeoutSeconds: 3_600,
};

describe('answerBy()', () => {
  test('is the time-out after the request', () => {
    expect(answerBy(request)).toBe('2026-11-22T10:30:01.500Z');
  });
});

describe('approvalPutOf()', () => {
  test('keeps the token, and the record ninety days longer than the wait', () => {
    expect(approvalPutOf('Approvals', request).Item).toMatchObject({
      state: 'PENDING',
      taskToken: 'SECRET-TOKEN',
      expiresAt: Date.parse('2026-11-22T10:30:01Z') / 1_000 + 90 * 86_400,
    });
  });
});

describe('approvalRequested()', () => {
  const entry = approvalRequested('orders', request);
  const detail: unknown = JSON.parse(entry.Detail ?? '');

  test('never carries the token', () => {
    expect(JSON.stringify(entry)).not.toContain('SECRET-TOKEN');
  });

  test('keeps the contract', () => {
    const schema = JSON.parse(readFileSync('events/orders/approval-requested.schema.json', 'utf8'));
    const validate = new Ajv().compile(schema);

    validate({ 'detail-type': entry.DetailType, source: entry.Source, detail });

    expect(validate.errors).toBeNull();
  });
});

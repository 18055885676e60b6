import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MessageHeap } from './message-heap.ts';
import type { StoredMessage } from './stored-message.ts';

function message(arrival: number): StoredMessage {
  return {
    id: String(arrival),
    hiddenUntilMs: 0,
    body: '',
    attributes: {},
    senderId: '',
    traceHeader: undefined,
    groupId: undefined,
    sentAtMs: 0,
    state: 'visible',
    receiveCount: 0,
    isHeldOutside: false,
    firstReceivedAtMs: undefined,
    receiptHandle: undefined,
    deadLetterSourceArn: undefined,
    timer: undefined,
  };
}

function takeAll(heap: MessageHeap): number[] {
  const taken: number[] = [];
  for (let first = heap.first(); first !== undefined; first = heap.first()) {
    taken.push(Number(first.id));
    heap.removeFirst();
  }
  return taken;
}

test('gives messages in the order of their ranks', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), (ranks) => {
      const heap = new MessageHeap();
      for (const rank of ranks) heap.add(message(rank), rank);
      expect(takeAll(heap)).toEqual([...ranks].sort((a, b) => a - b));
    }),
  );
});

test('compares in proportion to the logarithm of what it holds', () => {
  const heap = new MessageHeap();
  const count = 10_000;
  for (let rank = 0; rank < count; rank += 1) heap.add(message(rank), (rank * 7919) % count);
  takeAll(heap);
  expect(heap.comparisons).toBeLessThan(count * 3 * Math.log2(count));
});

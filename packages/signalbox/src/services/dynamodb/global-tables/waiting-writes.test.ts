import { expect, test } from '@jest/globals';
import type { ReplicatedWrite } from './replicated-write.ts';
import { openWaitingWrites } from './waiting-writes.ts';

const inMemory = {
  isKept: false,
  notes: { notes: async () => [], forget: async () => undefined },
};
const writeOf = (tableName: string, version: string): ReplicatedWrite => ({
  ...{ version, target: 'us-west-2', tableName, keyText: 'a' },
  ...{ key: { id: { S: 'a' } }, item: undefined, writtenMs: 0 },
});

test('a write that is brought while its table leaves takes no other with it', async () => {
  const waiting = await openWaitingWrites(inMemory, () => undefined);
  for (const write of [writeOf('Carts', '1'), writeOf('Orders', '2')]) {
    waiting.take({ ...write, writes: [write] });
  }
  const [brought] = waiting.waitingFor('us-west-2');
  if (brought === undefined) throw new Error('Nothing waits');
  await waiting.drop('us-west-2', 'Carts');
  await waiting.delivered(brought);

  expect(waiting.waitingFor('us-west-2')).toEqual([writeOf('Orders', '2')]);
});

test('of writes that wait for a Region, the one that it has is forgotten', async () => {
  const waiting = await openWaitingWrites(inMemory, () => undefined);
  const writes = [writeOf('Orders', '1'), writeOf('Orders', '2')] as const;
  for (const write of writes) waiting.take({ ...write, writes: [write] });
  await waiting.delivered(writes[0]);

  expect(waiting.waitingFor('us-west-2')).toEqual([writes[1]]);
});

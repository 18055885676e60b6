import { describe } from '@jest/globals';
import { createMemoryStore } from './memory-store.ts';
import { describeStore } from './store.contract.ts';

describe('createMemoryStore()', () => {
  describeStore(createMemoryStore);
});

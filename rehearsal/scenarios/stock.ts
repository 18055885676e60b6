import { difference, expectationKind, mapOf } from 'signalbox';
import * as v from 'valibot';
import { readItems } from './read-items.ts';

/** Pieces that are available in the end, by SKU. */
export const stock = expectationKind(
  mapOf(v.number('Write a number')),
  async (expected, { stage }) =>
    async () => {
      const table = { table: 'InventoryTable', key: 'sku' };
      const items = await readItems(stage, table, Object.keys(expected));
      const found = Object.fromEntries(items.map((one) => [one['sku'], Number(one['available'])]));
      const differences = Object.entries(expected).flatMap(([sku, available]) =>
        difference(`stock of ${sku}`, available, found[sku] ?? 'absent'),
      );
      return { found, differences };
    },
);

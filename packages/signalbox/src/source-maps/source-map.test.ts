import { SourceMap } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { BundleSourceMap } from './source-map.ts';

const SOURCE = `import { join } from 'node:path';

export function first(orderId: string): string {
  if (orderId === '') throw new Error('no order');
  return join('orders', orderId);
}

export class Second {
  readonly total = 3;

  refuse(reason: string): never {
    throw new RangeError(reason + this.total);
  }
}
`;

async function bundle(minify: boolean) {
  const { outputFiles } = await build({
    stdin: { contents: SOURCE, loader: 'ts', sourcefile: 'order.ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    minify,
    sourcemap: 'external',
    outfile: 'out.mjs',
    write: false,
  });
  const text = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))!.text;
  return { map: text('.map'), lines: text('.mjs').split('\n') };
}

describe('BundleSourceMap', () => {
  test.each([true, false])('finds what the map of Node.js finds (minified: %s)', async (minify) => {
    const { map, lines } = await bundle(minify);
    const bundled = new BundleSourceMap(map);
    const reference = new SourceMap(JSON.parse(map));
    let found = 0;

    for (const [index, line] of lines.entries()) {
      for (let column = 1; column <= line.length; column += 1) {
        const position = bundled.find(index + 1, column);
        const entry = reference.findEntry(index, column - 1);
        // Node.js maps a place before a line's first segment by the line before.
        if (position === undefined || !('originalSource' in entry)) continue;
        found += 1;
        expect(position).toEqual({
          source: entry.originalSource,
          line: entry.originalLine + 1,
          column: entry.originalColumn + 1,
        });
      }
    }

    expect(found).toBeGreaterThan(100);
  });

  test('knows nothing of a line beyond the code', async () => {
    const { map } = await bundle(true);

    expect(new BundleSourceMap(map).find(999, 1)).toBeUndefined();
  });
});

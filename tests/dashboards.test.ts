import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseDocument } from 'yaml';

const DOMAINS = ['operations', 'orders', 'failover', 'lifecycle', 'costs'] as const;

interface Widget {
  readonly x: number;
  readonly width: number;
  readonly properties: {
    readonly title: string;
    readonly metrics: readonly (readonly unknown[])[];
  };
}

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly DashboardBody?: string };
}

/** The logical ids of a domain's stack with its parameters, and the bodies of its dashboards. */
function stackOf(domain: string) {
  const file = readFileSync(`stacks/${domain}.yaml`, 'utf8');
  const stack: {
    readonly Parameters: Readonly<Record<string, unknown>>;
    readonly Resources: Readonly<Record<string, Resource>>;
  } = parseDocument(file, { merge: true, logLevel: 'silent' }).toJS();
  const bodies = Object.values(stack.Resources).flatMap(({ Type: type, Properties }) =>
    type === 'AWS::CloudWatch::Dashboard' ? [Properties?.DashboardBody ?? ''] : [],
  );
  return { names: [...Object.keys(stack.Parameters), ...Object.keys(stack.Resources)], bodies };
}

/** The names of metrics that functions emit of themselves. */
const emitted = new Set(
  readdirSync('functions', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(`functions/${file}`, 'utf8').matchAll(/\b[A-Z]\w+\b/g)])
    .map(([name]) => name),
);

describe.each(DOMAINS)('the dashboard of %s', (domain) => {
  const { names, bodies } = stackOf(domain);
  const widgets: readonly Widget[] = bodies.flatMap((body) => JSON.parse(body).widgets);
  const titles = widgets.map(({ properties }) => properties.title);

  test('is one, and shows what there is by rate and by age', () => {
    expect(bodies).toHaveLength(1);
    expect(titles.some((title) => /\bage\b/i.test(title))).toBe(true);
    expect(titles.some((title) => /\brate\b|of a hundred/i.test(title))).toBe(true);
    expect(widgets.every(({ x, width }) => x + width <= 24)).toBe(true);
  });

  test('names nothing that the stack does not have', () => {
    const used = bodies.flatMap((body) => [...body.matchAll(/\$\{([\w:.]+)\}/g)]);
    const unknown = used
      .map(([, name = '']) => name.split('.')[0] ?? '')
      .filter((name) => !name.startsWith('AWS::') && !names.includes(name));

    expect(unknown).toEqual([]);
  });

  test('shows no metric of ours that nobody emits', () => {
    const own = widgets.flatMap(({ properties: { metrics } }) =>
      metrics.flatMap((metric) => {
        const [namespace, name] = metric;
        if (namespace === '${MetricsNamespace}') return [String(name)];
        return [...JSON.stringify(metric).matchAll(/MetricName=\\\\?\\"(\w+)/g)].map(
          ([, found = '']) => found,
        );
      }),
    );

    expect(own.filter((name) => !emitted.has(name))).toEqual([]);
    expect(own.length + (domain === 'operations' ? 1 : 0)).toBeGreaterThan(0);
  });
});

test.each(['orders', 'lifecycle', 'costs'])('the dashboard of %s shows money', (domain) => {
  expect(stackOf(domain).bodies.join()).toContain('"title": "Money: ');
});

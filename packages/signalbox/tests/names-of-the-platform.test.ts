import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** Words of the platform that are somebody else's too. */
const GENERIC: readonly (string | RegExp)[] = [
  // Events of AWS's own, which the platform has rules for.
  /^aws\./,
  'Step Functions Execution Status Change',
  'AWS API Call via CloudTrail',
  'Scheduled Event',
  'CloudFormation Stack Status Change',
  // An action of the AWS CLI, a kind of record of Route 53, a configuration of S3.
  'list-buckets',
  'Failover',
  'Lifecycle',
  // The stack that documentation takes as an example; a verb; an Edge location; what everybody calls it.
  'Orders',
  'Reports',
  'Edge',
  'DatabaseCluster',
];

const SOURCE = 'packages/signalbox/src';

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file}`);
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Logical ids of the resources of a template. */
function logicalIdsIn(file: string): readonly string[] {
  const [, resources = ''] = read(file).split(/^Resources:$/m);
  const [own = ''] = resources.split(/^\w+:$/m);
  return [...own.matchAll(/^ {2}(\w+):/gm)].flatMap(([, id]) => id ?? []);
}

/** Sources, detail types and buses that a file of events names. */
function eventWordsIn(file: string): readonly string[] {
  const field = /"(?:source|detail-type|DetailType|EventBusName)":\s*"([^"]+)"/gi;
  return [...read(file).matchAll(field)].flatMap(([, word]) => word ?? []);
}

/** The last words of the types of AWS's resources, such as `GlobalCluster`: some resources are named so. */
function typeNounsIn(file: string): readonly string[] {
  return [...read(file).matchAll(/\bType: AWS::\w+::(\w+)/g)].flatMap(([, noun]) => noun ?? []);
}

function platformWords(): readonly string[] {
  const ofAws = new Set(filesIn('stacks', '.yaml').flatMap(typeNounsIn));
  const events = filesIn('events', '.json');
  const folders = ['functions', 'statemachines', 'scenarios', 'stacks'];
  const words = new Set([
    ...['template.yaml', ...filesIn('stacks', '.yaml')].flatMap(logicalIdsIn),
    ...events.flatMap(eventWordsIn),
    ...events.map((file) => basename(file, '.json').replace(/\.schema$/, '')),
    ...folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`)),
  ]);
  return [...words].filter(
    (word) =>
      !ofAws.has(word) &&
      !GENERIC.some((one) => (typeof one === 'string' ? one === word : one.test(word))),
  );
}

/** Returns whether a text has a word that is no part of a longer one. */
function hasWord(text: string, word: string): boolean {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).test(text);
}

describe('the source of the tool', () => {
  test('names no resource, event or file of this platform', () => {
    const words = platformWords();
    const found = filesIn(SOURCE, '.ts')
      // Tests may take any names as examples.
      .filter((file) => !/\.test\.ts$|\/test-[^/]+\.ts$/.test(file))
      .flatMap((file) => {
        const text = read(file);
        return words.filter((word) => hasWord(text, word)).map((word) => `${file}: ${word}`);
      });

    expect(words.length).toBeGreaterThan(200);
    expect(words).toEqual(
      expect.arrayContaining([
        'OrdersTable',
        'OrderPlaced',
        'signalbox.orders',
        'scenarios/orders',
      ]),
    );
    expect(found).toEqual([]);
  });
});

import {
  DescribeRuleCommand,
  EventBridgeClient,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import type { Command } from 'commander';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { resourceNamed } from '../../core/logical-name.ts';
import { UserError } from '../../core/user-error.ts';
import { parsePattern } from '../../event-patterns/parse-pattern.ts';
import { whyNot, whyNotText } from '../../event-patterns/why-not.ts';
import type { AddCommand } from '../add-command.ts';
import { allRules } from '../all-rules.ts';
import { entriesOf } from '../event-entries.ts';
import { tableOf } from '../print/table.ts';
import { readJsonArgument } from '../read-json-argument.ts';
import type { Session } from '../session.ts';
import { stackResources } from '../stack.ts';
import { stackBus } from '../stack-bus.ts';

/** `event test-pattern`: an event against rules, and the first reason where one does not match. */
export const addEventTestPattern: AddCommand = (event, sessionOf) => {
  event
    .command('test-pattern <file>')
    .description(
      'test the event of a JSON file against all rules of a bus, one rule or a pattern: prints yes, or the first reason why not; exits with 0 when one matches',
    )
    .option('--rule <name>', 'this rule only')
    .option(
      '--bus <name>',
      'event bus; otherwise the one that the entry names, or the one of the stack whose rules name its source',
    )
    .option('--pattern <file>', 'a pattern instead of a rule: a JSON file, or itself')
    .action(async (file: string, options: PatternOptions, command: Command) => {
      const session = sessionOf(command);
      const tested = readEvent(file);
      const client = new EventBridgeClient(session.client);
      const patterns = await patternsOf(session, client, tested, options);
      const results: Verdict[] = [];
      for (const [rule, pattern] of patterns) {
        results.push(await test(client, rule, pattern, tested.event));
      }
      session.output.result({ results }, () =>
        tableOf(
          ['RULE', 'MATCHES', 'WHY NOT'],
          results.map(({ rule, matches, reason }) => [rule, matches ? 'yes' : 'no', reason ?? '']),
          { ...session.output.layout, whole: ['RULE'] },
        ),
      );
      session.exitCode = results.some(({ matches }) => matches) ? 0 : 1;
    });
};

interface PatternOptions {
  readonly rule?: string;
  readonly bus?: string;
  readonly pattern?: string;
}

interface Verdict {
  readonly rule: string;
  readonly matches: boolean;
  readonly reason?: string;
}

/** EventBridge gives the verdict; it gives no reasons, and those are found here. */
async function test(
  client: EventBridgeClient,
  rule: string,
  EventPattern: string,
  event: JsonObject,
): Promise<Verdict> {
  const input = { EventPattern, Event: JSON.stringify(event) };
  const { Result } = await client.send(new TestEventPatternCommand(input));
  if (Result === true) return { rule, matches: true };
  const written: Json = JSON.parse(EventPattern);
  const pattern = parsePattern(written);
  const why = pattern.ok ? whyNot(pattern.value, event) : undefined;
  return { rule, matches: false, ...(why === undefined ? {} : { reason: whyNotText(why) }) };
}

async function patternsOf(
  session: Session,
  client: EventBridgeClient,
  { event, busName }: TestedEvent,
  { rule, bus, pattern }: PatternOptions,
): Promise<readonly (readonly [rule: string, pattern: string])[]> {
  if (pattern !== undefined) return [[pattern, JSON.stringify(readJsonArgument(pattern))]];
  // On another stack than the files', an entry's own bus is the wrong one.
  const own = session.stack === undefined ? busName : undefined;
  const EventBusName = bus ?? own ?? (await stackBus(session, client, String(event['source'])));
  if (rule !== undefined) {
    const Name = session.stack === undefined ? rule : await ruleName(session, rule);
    const found = await client.send(new DescribeRuleCommand({ Name, EventBusName }));
    if (found.EventPattern !== undefined) return [[rule, found.EventPattern]];
    throw new UserError('usage', `Rule ${rule} has a schedule and no pattern`);
  }
  const rules = await allRules(client, EventBusName);
  return rules.flatMap(({ Name = '', EventPattern }) =>
    EventPattern === undefined ? [] : [[Name, EventPattern] as const],
  );
}

/** A rule of the stack by its logical id or name; CloudFormation writes `bus|name` for its id. */
async function ruleName(session: Session, rule: string): Promise<string> {
  const resources = await stackResources(session);
  const rules = resources.filter(({ type }) => type === 'AWS::Events::Rule');
  return resourceNamed(rules, rule)?.physicalId?.split('|').at(-1) ?? rule;
}

/** An event as EventBridge delivers it, and the bus that its file names, if it names one. */
interface TestedEvent {
  readonly event: JsonObject;
  readonly busName: string | undefined;
}

/** Reads one event, as EventBridge delivers it; what TestEventPattern wants besides is made up. */
function readEvent(file: string): TestedEvent {
  const value = readJsonArgument(file);
  const given: JsonObject = isJsonObject(value) ? value : {};
  const [entry, second] = entriesOf(value, file);
  if (entry === undefined || second !== undefined) {
    throw new UserError('usage', `${file} has more than one event, or none: write one`);
  }
  const detail: Json = JSON.parse(entry.Detail ?? '{}');
  const event = {
    version: '0',
    id: '00000000-0000-0000-0000-000000000000',
    account: '123456789012',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    ...('Source' in given || Array.isArray(value) ? {} : given),
    resources: given['resources'] ?? entry.Resources ?? [],
    'detail-type': entry.DetailType ?? '',
    source: entry.Source ?? '',
    detail,
  };
  return { event, busName: entry.EventBusName };
}

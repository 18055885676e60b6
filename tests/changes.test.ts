import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { playScenario } from '../packages/signalbox/src/scenarios/play-scenario.ts';
import { readScenarios } from '../packages/signalbox/src/scenarios/read-scenarios.ts';
import type { ScenarioResult } from '../packages/signalbox/src/scenarios/scenario-result.ts';
import { scenarioFields } from '../rehearsal/scenarios/scenario-fields.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

const HANDLER = 'functions/orders/validate-order/validate-order.ts';
const DEFINITION = 'statemachines/order-processing/definition.asl.yaml';
const TEMPLATE = 'stacks/orders.yaml';

/** The line with which the rehearsal says that it has read its files again. */
const TAKEN = 'Read again: the next event sees the change';
const NOT_TAKEN = 'Not taken: what ran before goes on until this is mended';

let project: ProjectCopy;
let rehearsal: StartedRehearsal;
/** Called with each line that the rehearsal says. */
let hear: (line: string) => void = () => undefined;

beforeAll(async () => {
  project = copyProject();
  rehearsal = await startRehearsal({ root: project.root, say: (line) => hear(line) });
});
afterAll(async () => {
  await rehearsal?.runtime.close();
  project.remove();
});

describe('a change while the rehearsal runs', () => {
  test('of a handler is in the next event', async () => {
    expect((await playMalformed()).executions[0]?.cause).toMatch(/^The event is no valid order/);
    const said = await changing(() => project.edit(HANDLER, 'is no valid order', 'is no order'));
    expect(said).toEqual([TAKEN]);
    expect((await playMalformed()).executions[0]?.cause).toMatch(/^The event is no order/);
  });

  test('of the definition is in the next event', async () => {
    const said = await changing(() => {
      project.edit(DEFINITION, 'Next: OrderRejected', 'Next: OrderTurnedDown');
      project.edit(DEFINITION, '  OrderRejected:', '  OrderTurnedDown:');
    });
    expect(said).toEqual([TAKEN]);
    expect(await pathOfMalformed()).toEqual(['ValidateOrder', 'OrderTurnedDown']);
  });

  test('of a rule is in the next event', async () => {
    await changing(() => project.edit(TEMPLATE, '[OrderPlaced]', '[OrderTaken]'));
    const { events, executions } = await playMalformed();
    expect(executions).toEqual([]);
    expect(events[0]?.rules).toEqual([]);
    expect(events[0]?.remarks[0]).toMatch(/expected \["OrderTaken"\], found "OrderPlaced"/);

    await changing(() => project.edit(TEMPLATE, '[OrderTaken]', '[OrderPlaced]'));
    expect(await pathOfMalformed()).toEqual(['ValidateOrder', 'OrderTurnedDown']);
  });

  test('is seen again and again where the editor replaces the file', async () => {
    for (const seconds of [1200, 1800, 2400]) {
      const said = await changing(() =>
        project.replace(TEMPLATE, (text) =>
          text.replace(/MaximumEventAgeInSeconds: \d+/, `MaximumEventAgeInSeconds: ${seconds}`),
        ),
      );
      expect(said).toEqual([TAKEN]);
      const rule = rehearsal.runtime
        .app()
        .rules.find(({ logicalId }) => logicalId.endsWith('OrderPlaced'));
      expect(rule?.targets[0]?.maximumEventAgeSeconds).toBe(seconds);
    }
  });
});

interface Mistake {
  readonly what: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The text on the line that must be named. */
  readonly at: string;
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'broken YAML in the definition',
    file: DEFINITION,
    from: 'StartAt: ValidateOrder',
    to: 'StartAt: [ValidateOrder',
    at: 'StartAt: [',
  },
  {
    what: 'a state that is not there',
    file: DEFINITION,
    from: 'Next: ClaimOrder',
    to: 'Next: ClaimOrdr',
    at: 'Next: ClaimOrdr',
  },
  {
    what: 'TypeScript that does not parse',
    file: HANDLER,
    from: 'return order.value;',
    to: 'return order..value;',
    at: 'return order..value',
  },
  {
    what: 'a pattern that EventBridge refuses',
    file: TEMPLATE,
    from: 'detail-type: [OrderPlaced]',
    to: 'detail-type: [{ prefx: Order }]',
    at: 'OrderPlaced:\n          Type: EventBridgeRule',
  },
  {
    what: 'broken YAML in the template',
    file: TEMPLATE,
    from: 'source: [signalbox.orders]\n              detail-type',
    to: 'source: [signalbox.orders\n              detail-type',
    at: 'source: [signalbox.orders\n',
  },
  {
    what: 'a resource type that the rehearsal does not know',
    file: TEMPLATE,
    from: 'Type: AWS::Serverless::HttpApi',
    to: 'Type: AWS::Serverless::HtpApi',
    at: 'AWS::Serverless::HtpApi',
  },
];

describe('a mistake while the rehearsal runs', () => {
  test.each(MISTAKES)(
    '$what is said with its line, what ran before goes on, and the mended file is taken',
    async ({ file, from, to, at }) => {
      const before = await pathOfMalformed();
      const said = await changing(() => project.edit(file, from, to));
      const line = project.lineOf(file, at);
      // A parser may notice on the line after.
      const places = [line, line + 1].map((one) => `${file}:${one}`);
      expect(places.some((place) => said[0]?.startsWith(place))).toBe(true);
      expect(said.at(-1)).toBe(NOT_TAKEN);
      expect(said.join('\n')).not.toMatch(/^ +at /m);
      expect(await pathOfMalformed()).toEqual(before);

      expect(await changing(() => project.edit(file, to, from))).toEqual([TAKEN]);
      expect(await pathOfMalformed()).toEqual(before);
    },
  );
});

/** Makes a change; returns all that the rehearsal says until it has read its files again. */
async function changing(change: () => void): Promise<readonly string[]> {
  const lines: string[] = [];
  const isRead = new Promise<void>((resolve) => {
    hear = (line) => {
      lines.push(line);
      if (line === TAKEN || line === NOT_TAKEN) resolve();
    };
  });
  change();
  await isRead;
  hear = () => undefined;
  return lines;
}

/** Plays the scenario that ends in its first states, and leaves every table as it was. */
async function playMalformed(): Promise<ScenarioResult> {
  const scenario = readScenarios(project.root, [scenarioFields]).find(({ name }) =>
    name.endsWith('malformed-order'),
  );
  if (scenario === undefined) throw new RangeError('events/scenarios has no malformed order');
  return playScenario(project.root, rehearsal.stage, scenario);
}

async function pathOfMalformed(): Promise<readonly string[] | undefined> {
  return (await playMalformed()).executions[0]?.path;
}

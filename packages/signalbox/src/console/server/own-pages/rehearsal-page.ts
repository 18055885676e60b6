import type { Archive, ListArchivesResponse } from '@aws-sdk/client-eventbridge';
import { isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { StackPlace } from '../../../core/stack-place.ts';
import type { ConsoleCall } from '../console-options.ts';
import type { AskedPage, ConsolePage } from '../console-page.ts';
import type {
  PageButton,
  PageCell,
  PageContent,
  PageOutcome,
  PageSection,
} from '../page-content.ts';
import { pagesOf } from './pages-of.ts';
import { askRehearsal, listIn, textIn } from './rehearsal-api.ts';

/** What can be done to a rehearsal, and to no account: its time, its faults, its schedules, its replays. */
export function rehearsalPage(call: ConsoleCall): ConsolePage {
  return {
    title: 'Rehearsal',
    path: 'rehearsal',
    read: (asked) => readRehearsal(asked, call),
    actions: {
      skip: ({ stack, values: { to = '' } }) => skip(stack, to),
      break: ({ stack, values }) => turnFault(stack, values, 'start'),
      mend: ({ stack, values }) => turnFault(stack, values, 'end'),
      reset: ({ stack }) => resetResources(stack),
      fire: ({ stack, values: { path = '' } }) => fire(stack, path),
      replay: ({ values }) => replay(call, values),
    },
  };
}

async function readRehearsal({ stack }: AskedPage, call: ConsoleCall): Promise<PageContent> {
  const [clock, faults, schedules, resources, archives] = await Promise.all([
    askRehearsal(stack, 'clock'),
    askRehearsal(stack, 'faults'),
    askRehearsal(stack, 'schedules'),
    askRehearsal(stack, 'resources'),
    pagesOf<ListArchivesResponse>(call, {
      ...{ service: 'events', action: 'ListArchives', token: ['NextToken', 'NextToken'] },
    }),
  ]);
  const shown = resources['resources'];
  return {
    buttons: [...(clock['skips'] === true ? [skipButton(textIn(clock, 'now'))] : []), RESET],
    sections: [
      clockFacts(clock),
      faultsTable(listIn(faults, 'faults')),
      schedulesTable(listIn(schedules, 'schedules')),
      archivesTable(archives.flatMap(({ Archives = [] }) => Archives)),
      ...(isJsonObject(shown) ? Object.entries(shown).map(resourceSection) : []),
    ],
  };
}

function clockFacts(clock: JsonObject): PageSection {
  return {
    kind: 'facts',
    title: 'Time',
    facts: [
      { label: 'Now', value: textIn(clock, 'now') },
      {
        label: 'Waits',
        value: {
          text: clock['skips'] === true ? 'Are skipped' : 'Last as long as on AWS',
          isWord: true,
        },
      },
      { label: 'Somebody is awaited until', value: textIn(clock, 'awaited') || '–' },
    ],
  };
}

const DAY_MS = 86_400_000;

function skipButton(now: string): PageButton {
  const to = new Date(Date.parse(now) + DAY_MS).toISOString();
  return {
    action: 'skip',
    label: 'Move the clock',
    question: 'Time skips there, over deadlines before which somebody was awaited: nobody acts.',
    values: {},
    fields: [{ name: 'to', label: 'To (ISO 8601)', kind: 'text', value: to }],
    commands: ['npx signalbox clock skip {to}'],
  };
}

async function skip(stack: StackPlace, to: string): Promise<PageOutcome> {
  await askRehearsal(stack, `clock/skip?to=${encodeURIComponent(to)}`, 'POST');
  return { isDone: true, text: { text: 'Time skips to {to}', values: { to } } };
}

const RESET: PageButton = {
  action: 'reset',
  label: 'Reset the resources',
  question: 'The simulated resources become as their file has them, and every fault ends.',
  values: {},
  commands: ['npx signalbox resources reset'],
};

async function resetResources(stack: StackPlace): Promise<PageOutcome> {
  await askRehearsal(stack, 'resources/reset', 'POST');
  return { isDone: true, text: 'The simulated resources are as their file has them' };
}

function faultsTable(faults: readonly JsonObject[]): PageSection {
  return {
    kind: 'table',
    title: 'Faults',
    columns: ['Fault', 'Part', 'On', 'What it does'],
    rows: faults.map((fault) => {
      const on = targetsOf(fault);
      return {
        cells: [
          textIn(fault, 'name'),
          textIn(fault, 'part'),
          on.length === 0
            ? { text: 'No', isWord: true as const, state: 'success' as const }
            : onCell(on),
          { text: textIn(fault, 'summary'), isWord: true as const },
        ],
        buttons: [breakButton(fault), ...on.map((target) => mendButton(fault, target))],
      };
    }),
    empty: 'Nothing here can be broken',
  };
}

/** Where it is on; a fault without targets is on or not. */
function onCell(on: readonly string[]): PageCell {
  const targets = on.filter((one) => one !== '');
  if (targets.length === 0) return { text: 'Yes', isWord: true, state: 'error' };
  return { text: targets.join(', '), state: 'error' };
}

function targetsOf(fault: JsonObject): readonly string[] {
  const on = fault['on'];
  return Array.isArray(on) ? on.map(String) : [];
}

function breakButton(fault: JsonObject): PageButton {
  const name = textIn(fault, 'name');
  const target = textIn(fault, 'target');
  return {
    action: 'break',
    label: 'Break',
    question: textIn(fault, 'summary'),
    values: { name },
    fields:
      target === '' ? [] : [{ name: 'target', label: 'Target', description: target, kind: 'text' }],
    commands: [`npx signalbox resources break ${name}${target === '' ? '' : ' {target}'}`],
  };
}

function mendButton(fault: JsonObject, target: string): PageButton {
  const name = textIn(fault, 'name');
  return {
    action: 'mend',
    ...(target === ''
      ? { label: 'Mend', question: { text: 'The fault {name} ends.', values: { name } } }
      : {
          label: { text: 'Mend {target}', values: { target } },
          question: { text: 'The fault {name} ends on {target}.', values: { name, target } },
        }),
    values: { name, target },
    commands: [`npx signalbox resources mend ${name}${target === '' ? '' : ` ${target}`}`],
  };
}

async function turnFault(
  stack: StackPlace,
  { name = '', target = '' }: Readonly<Record<string, string>>,
  verb: 'start' | 'end',
): Promise<PageOutcome> {
  const query = target === '' ? '' : `?target=${encodeURIComponent(target)}`;
  const path = `faults/${encodeURIComponent(name)}/${verb}${query}`;
  const message = textIn(await askRehearsal(stack, path, 'POST'), 'message');
  const text =
    verb === 'start' ? 'The fault has begun: {message}' : 'The fault has ended: {message}';
  return { isDone: true, text: { text, values: { message } } };
}

function schedulesTable(schedules: readonly JsonObject[]): PageSection {
  return {
    kind: 'table',
    title: 'Schedules',
    columns: ['Name', 'Group', 'Next'],
    rows: schedules.map((schedule) => {
      const { name, group } = nameIn(textIn(schedule, 'arn'));
      const isRule = group === 'rule';
      return {
        cells: [name, group, textIn(schedule, 'next') || '–'],
        buttons: [
          {
            action: 'fire',
            label: 'Fire',
            question: {
              text: 'The target of {name} is called now, whatever its time and state.',
              values: { name },
            },
            values: { path: `${encodeURIComponent(group)}/${encodeURIComponent(name)}` },
            commands: [`npx signalbox schedule fire ${name}${isRule ? ' --group rule' : ''}`],
          },
        ],
      };
    }),
    empty: 'No schedules',
  };
}

/** `…:schedule/<group>/<name>`, or `…:rule/<name>`. */
function nameIn(arn: string): { readonly group: string; readonly name: string } {
  const [kind = '', ...rest] = (arn.split(':').at(-1) ?? '').split('/');
  const name = rest.at(-1) ?? '';
  return { name, group: kind === 'rule' ? 'rule' : (rest[0] ?? 'default') };
}

async function fire(stack: StackPlace, path: string): Promise<PageOutcome> {
  const answer = await askRehearsal(stack, `schedules/${path}`, 'POST');
  const result = textIn(answer, 'result');
  const detail = textIn(answer, 'error') || textIn(answer, 'eventId');
  const isDone = result !== 'dead-lettered' && result !== 'dropped';
  return { isDone, text: `${result}${detail === '' ? '' : `: ${detail}`}` };
}

function archivesTable(archives: readonly Archive[]): PageSection {
  return {
    kind: 'table',
    title: 'Archives',
    columns: ['Name', 'Events', 'Bytes', 'Bus'],
    rows: archives.map(({ ArchiveName = '', EventCount, SizeBytes, EventSourceArn = '' }) => ({
      cells: [
        ArchiveName,
        String(EventCount ?? ''),
        String(SizeBytes ?? ''),
        EventSourceArn.split('/').at(-1) ?? '',
      ],
      buttons: [replayButton(ArchiveName, EventSourceArn)],
    })),
    empty: 'No archives',
  };
}

function replayButton(archive: string, bus: string): PageButton {
  return {
    action: 'replay',
    label: 'Replay',
    question: {
      text: 'The events of {archive} come back to their bus, with the name of the replay in them.',
      values: { archive },
    },
    values: { archive, bus },
    fields: [
      { name: 'from', label: 'Events since', kind: 'text', value: '2000-01-01T00:00:00Z' },
      { name: 'to', label: 'Events until', kind: 'text', value: '2100-01-01T00:00:00Z' },
    ],
    commands: [`npx signalbox event replay ${archive} --from {from} --to {to}`],
  };
}

async function replay(
  call: ConsoleCall,
  { archive = '', bus = '', from = '', to = '' }: Readonly<Record<string, string>>,
): Promise<PageOutcome> {
  const name = `${archive.slice(0, 40)}-${Date.now()}`;
  await call('events', 'StartReplay', {
    ReplayName: name,
    EventSourceArn: bus.replace(/:event-bus\/.*$/, `:archive/${archive}`),
    EventStartTime: new Date(from),
    EventEndTime: new Date(to),
    Destination: { Arn: bus },
  });
  return { isDone: true, text: { text: 'The replay {name} has begun', values: { name } } };
}

function resourceSection([name, value]: readonly [string, unknown]): PageSection {
  return {
    kind: 'json',
    title: { text: 'Resources: {name}', values: { name } },
    text: JSON.stringify(value),
  };
}

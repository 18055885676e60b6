import { Argument, Option } from 'commander';
import { type AddCommand, type Session, UserError } from 'signalbox';
import { comparison, drillLines, drillTable } from './drill-lines.ts';
import { verdictOf } from './drill-result.ts';
import { keepDrill, lastLike, readDrills } from './drill-store.ts';
import type { DrillRequest } from './run-drill.ts';

/** `drill`: runs a game day in a rehearsal of its own. */
export const addDrill: AddCommand = (program, sessionOf) => {
  program
    .command('drill')
    .addArgument(new Argument('[scenario]', 'a scenario of the plan, such as database'))
    .description(
      'run a game day in a rehearsal of its own: 0 when the objectives are met, else 1; results are kept',
    )
    .addOption(
      new Option('--mode <mode>', 'leave what fails in order, or as lost')
        .choices(['graceful', 'ungraceful'])
        .default('graceful'),
    )
    .addOption(
      new Option('--kind <kind>', 'do it, or only check whether it could be done')
        .choices(['drill', 'dry-run'])
        .default('drill'),
    )
    .option('--real-time', 'wait as AWS does')
    .option('--break <fault...>', 'faults to begin with, as fault or fault:target')
    .option('--list', 'list the results that are kept')
    .action(async (scenario: string | undefined, options: DrillOptions, command) => {
      const session = sessionOf(command);
      refuseAws(session);
      if (options.list) return list(session, scenario);
      if (scenario === undefined) {
        throw new UserError('usage', 'Name a scenario of the plan, such as "drill database"');
      }
      session.exitCode = await run(session, scenario, options);
    });
};

interface DrillOptions extends Pick<DrillRequest, 'mode' | 'kind'> {
  readonly realTime?: boolean;
  readonly break?: readonly string[];
  readonly list?: boolean;
}

function refuseAws({ endpoint }: Session): void {
  if (endpoint !== undefined) return;
  throw new UserError(
    'usage',
    'A game day on AWS starts by an event: put FailoverRequested of kind drill with "signalbox event put"',
  );
}

function list({ output }: Session, scenario: string | undefined): void {
  const drills = readDrills(process.cwd()).filter(
    (one) => scenario === undefined || one.scenario === scenario,
  );
  if (drills.length === 0) output.say('No game days');
  output.result({ drills }, () => drillTable(drills));
}

async function run(
  { output }: Session,
  scenario: string,
  { mode, kind, realTime, break: broken = [] }: DrillOptions,
): Promise<number> {
  const root = process.cwd();
  const last = lastLike(readDrills(root), { scenario, kind });
  const time = realTime === true ? 'real' : 'skip';
  // Everything that the rehearsal is made of loads here, so that the list stays quick.
  const { runDrill } = await import('./run-drill.ts');
  const request = { root, scenario, mode, kind, time, broken } as const;
  const drill = await runDrill(request, (line) => {
    // That nobody subscribes to an event is no news of a game day.
    if (!line.startsWith('Remark')) output.say(line);
  });
  const verdict = verdictOf(drill);
  output.result({ drill, verdict, last: last ?? null }, () => drillLines(drill, last));
  const compared = comparison(drill, last);
  if (compared !== undefined) output.say(compared);
  output.say(`Kept in ${keepDrill(root, drill)}`);
  return verdict.isMet ? 0 : 1;
}

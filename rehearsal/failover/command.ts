import { userInfo } from 'node:os';
import { Argument, Option } from 'commander';
import { type AddCommand, UserError } from 'signalbox';
import { askForFailover } from './ask-for-failover.ts';
import { changeStep, type StepAction } from './change-step.ts';

/** `failover SCENARIO`: asks for a failover, as the event FailoverRequested does. */
export const addFailover: AddCommand = (program, sessionOf) => {
  const failover = program
    .command('failover')
    .addArgument(
      new Argument('<scenario>', 'a scenario of the plan: database, application, region'),
    )
    .description(
      'ask for a failover of a scenario; --dry-run only reads and tells what it would do',
    )
    .requiredOption('--reason <text>', 'why; it is recorded, and shown to whoever approves')
    .option('--dry-run', 'check and print the calls, change nothing')
    .option('--drill', 'do it all, and count it as a drill')
    .addOption(
      new Option('--mode <mode>', 'graceful wants small lags and undoes what it can')
        .choices(['graceful', 'ungraceful'])
        .default('graceful'),
    )
    .option('--target-instance <id>', 'the database instance to promote')
    .option('--capacity <count>', 'the capacity that the servers are to reach')
    .option('--skip <wave...>', 'waves that are left out; whoever approves sees it in the reason')
    .option('--id <id>', "the failover's id; asking twice under one id runs once")
    .action(async (scenario: string, options: FailoverOptions, command) => {
      const session = sessionOf(command);
      const failoverId = options.id ?? `${scenario}-${compact(new Date())}`;
      await askForFailover(session, requestOf(scenario, failoverId, options));
      session.output.result({ failoverId, kind: kindOf(options) }, () => [
        `Asked for ${failoverId} (${kindOf(options)}, ${options.mode})`,
        `Follow it with "signalbox tail ${failoverId}" as soon as "signalbox ls" shows it; a request for approval is answered with "signalbox approve ${failoverId}"`,
      ]);
    });
  for (const [action, description] of STEP_ACTIONS) {
    failover
      .command(`${action} <id> [step]`)
      .description(`${description}; without a step, the one that is under way`)
      .action(async (id: string, step: string | undefined, _options, command) => {
        // The option is the command's above, which reads it first.
        const { reason }: { readonly reason: string } = command.optsWithGlobals();
        await changeStep(sessionOf(command), id, step ?? 'running', action, reason);
      });
  }
};

const STEP_ACTIONS: readonly (readonly [StepAction, string])[] = [
  ['skip', 'go on without a step of a failover that is under way'],
  ['ungraceful', 'do a step of a failover that is under way as an ungraceful run would'],
];

interface FailoverOptions {
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly drill?: boolean;
  readonly mode: string;
  readonly targetInstance?: string;
  readonly capacity?: string;
  readonly skip?: readonly string[];
  readonly id?: string;
}

function kindOf({ dryRun, drill }: FailoverOptions): 'dry-run' | 'drill' | 'real' {
  if (dryRun === true && drill === true) {
    throw new UserError('usage', 'Choose one of --dry-run and --drill');
  }
  if (dryRun === true) return 'dry-run';
  return drill === true ? 'drill' : 'real';
}

function requestOf(scenario: string, requestId: string, options: FailoverOptions): object {
  const { reason, mode, targetInstance, capacity, skip } = options;
  const desiredCapacity = capacity === undefined ? undefined : Number(capacity);
  if (desiredCapacity !== undefined && !Number.isInteger(desiredCapacity)) {
    throw new UserError('usage', `The capacity "${capacity}" is no whole number`);
  }
  return {
    version: 1,
    scenario,
    mode,
    kind: kindOf(options),
    reason,
    requestedBy: userInfo().username,
    requestId,
    ...(targetInstance === undefined ? {} : { targetInstance }),
    ...(desiredCapacity === undefined ? {} : { desiredCapacity }),
    ...(skip === undefined ? {} : { skipWaves: skip }),
  };
}

/** An instant as part of an id, such as `20261122T093000Z`. */
function compact(time: Date): string {
  return time.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

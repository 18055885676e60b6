import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type HistoryEvent,
  paginateGetExecutionHistory,
  paginateListExecutions,
} from '@aws-sdk/client-sfn';
import { flawsOf } from '../history-flaws.ts';
import type { CrashStage } from './crash-stage.ts';

/** The executions of a machine that began after the books were opened. */
export interface ExecutionBooks {
  /** Looks at all of them; those that have ended are read once. */
  look(): Promise<readonly DescribeExecutionOutput[]>;
  /** Those that run still, or whose history has a flaw. */
  wrongs(): Promise<readonly string[]>;
}

/** Opens books for a machine; `arnOf` names it at the process that serves. */
export async function openExecutionBooks(
  stage: CrashStage,
  arnOf: Parameters<typeof listAll>[1],
): Promise<ExecutionBooks> {
  const earlier = new Set(await listAll(stage, arnOf));
  const ended = new Map<string, DescribeExecutionOutput>();
  const flawless = new Set<string>();

  async function describe(executionArn: string): Promise<DescribeExecutionOutput> {
    const known = ended.get(executionArn);
    if (known !== undefined) return known;
    const described = await stage.insist(({ states }) =>
      states.send(new DescribeExecutionCommand({ executionArn })),
    );
    if (described.status !== 'RUNNING') ended.set(executionArn, described);
    return described;
  }

  async function look(): Promise<readonly DescribeExecutionOutput[]> {
    const arns = await listAll(stage, arnOf);
    return Promise.all(arns.filter((arn) => !earlier.has(arn)).map(describe));
  }

  async function wrongsOf({
    executionArn = '',
    status,
  }: DescribeExecutionOutput): Promise<readonly string[]> {
    const name = executionArn.split(':').slice(6).join(' ');
    if (status === 'RUNNING') return [`The execution ${name} still runs`];
    if (flawless.has(executionArn)) return [];
    const flaws = flawsOf(await readHistory(stage, executionArn), status);
    if (flaws.length === 0) flawless.add(executionArn);
    return flaws.map((flaw) => `The history of ${name}: ${flaw}`);
  }

  return {
    look,
    wrongs: async () => (await Promise.all((await look()).map(wrongsOf))).flat(),
  };
}

async function listAll(
  stage: CrashStage,
  arnOf: (clients: Parameters<Parameters<CrashStage['insist']>[0]>[0]) => string,
): Promise<readonly string[]> {
  return stage.insist(async (clients) => {
    const arns: string[] = [];
    const request = { stateMachineArn: arnOf(clients) };
    for await (const page of paginateListExecutions({ client: clients.states }, request)) {
      for (const { executionArn } of page.executions ?? []) arns.push(executionArn ?? '');
    }
    return arns.reverse();
  });
}

/** Reads a whole history. */
export function readHistory(
  stage: CrashStage,
  executionArn: string,
): Promise<readonly HistoryEvent[]> {
  return stage.insist(async ({ states: client }) => {
    const all: HistoryEvent[] = [];
    for await (const page of paginateGetExecutionHistory({ client }, { executionArn })) {
      all.push(...(page.events ?? []));
    }
    return all;
  });
}

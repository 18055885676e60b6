import { oneLine } from '../../parts/format.ts';
import { shellWord } from '../../parts/terminal-line.ts';

/** What an execution is started with. */
export interface StartRequest {
  readonly machineArn: string;
  /** None where one is made. */
  readonly name: string;
  /** JSON text. */
  readonly input: string;
}

/** The lines that start an execution. */
export function startLines({ machineArn, name, input }: StartRequest): readonly string[] {
  const named = name === '' ? '' : ` --name ${shellWord(name)}`;
  const text = shellWord(oneLine(input));
  return [
    `aws stepfunctions start-execution --state-machine-arn ${shellWord(machineArn)}${named} --input ${text}`,
    `npx signalbox run ${shellWord(machineArn)}${named} --input ${text}`,
  ];
}

/** A step of an execution at which another one begins. */
export interface ForkRequest {
  readonly executionArn: string;
  readonly stateName: string;
  readonly input: string;
  readonly variables: string;
  readonly isCurrent: boolean;
}

/** The line that forks an execution; AWS has none. */
export function forkLines(request: ForkRequest): readonly string[] {
  const { executionArn, stateName, input, variables, isCurrent } = request;
  const current = isCurrent ? ' --current' : '';
  const head = `npx signalbox fork ${shellWord(executionArn)} --from ${shellWord(stateName)}${current}`;
  const given = oneLine(variables) === '{}' ? '' : ` --variables ${shellWord(oneLine(variables))}`;
  return [`${head} --input ${shellWord(oneLine(input))}${given}`];
}

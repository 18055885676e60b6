import type { Limits } from '../core/limits.ts';
import type { FunctionResource } from '../template/app.ts';
import type { Builds } from './build/builds.ts';
import type { RoleCredentials } from './function-environment.ts';
import type { PoolLimits } from './pool.ts';

/** A log event of a function, as it reaches its log stream. */
export interface FunctionLogEvent {
  readonly functionName: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly timestampMs: number;
  readonly message: string;
}

/** The limits of what functions run at once. */
export type RunningFunctions = Pick<
  Limits,
  'concurrentInvocations' | 'functionProcesses' | 'recursions'
>;

/** The project, clock and observers of the Lambda host. */
export interface LambdaHostOptions {
  /** The project's root: an absolute path. */
  readonly root: string;
  /** Asked anew at each invocation, so that a changed template is seen. */
  readonly functions: () => readonly FunctionResource[];
  /** The URL that the functions' AWS clients call; known once the endpoint listens. */
  readonly endpointUrl: () => string;
  readonly region: string;
  readonly credentialsFor: (roleArn: string) => RoleCredentials;
  readonly onLog: (event: FunctionLogEvent) => void;
  /** The rehearsal's time: it stamps log events, and the functions' `Date` shows it. */
  readonly now: () => Date;
  /** Lets time stand still until the returned function is called; it goes on unless given. */
  readonly standStill?: (() => () => void) | undefined;
  /** Such as `.aws-sam/build`: run what `sam build` made instead of bundling. */
  readonly prebuiltDirectory?: string;
  /** What is built for the hosts of other Regions too; built for this one alone unless given. */
  readonly builds?: Builds | undefined;
  readonly limits?: Partial<PoolLimits> | undefined;
  /** How much may run at once; those of a project that sets none, unless given. */
  readonly running?: RunningFunctions | undefined;
  /** Takes what the person who watches should know, such as a runtime that is not installed. */
  readonly onRemark?: (line: string) => void;
}

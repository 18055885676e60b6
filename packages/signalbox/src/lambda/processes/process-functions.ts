import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AwsError } from '../../core/aws-error.ts';
import type { Problem } from '../../core/result.ts';
import type { FunctionResource } from '../../template/app.ts';
import { type CodePlaces, type FunctionCode, findCode } from '../code/function-code.ts';
import type { LogStream } from '../log-stream.ts';
import { checkHandler } from '../runtimes/check-handler.ts';
import type { Command, CommandFinding, CommandRequest } from '../runtimes/command.ts';
import { commandOf, type NodejsRuntimeFile } from '../runtimes/command-of.ts';
import { LOG_FD } from './function-process.ts';
import { type OrphanGuard, startOrphanGuard } from './orphan-guard.ts';
import { ProcessEnvironment } from './process-environment.ts';

/** Where the code is, and who hears of it. */
export interface ProcessFunctionsOptions extends CodePlaces {
  readonly nodejsRuntimeFile: NodejsRuntimeFile;
  readonly now: () => Date;
  /** Takes a remark for the person who watches. */
  readonly onRemark: (line: string) => void;
  /** The most processes and threads that a function may have at once. */
  readonly functionProcesses: number;
}

/** A function that can run, with all that its process is started from. */
export interface PreparedFunction {
  readonly code: FunctionCode;
  readonly command: Command;
}

/** What was found of a function. */
type Preparation =
  | ({ readonly kind: 'ready'; readonly remark?: string } & PreparedFunction)
  | { readonly kind: 'missing'; readonly what: string }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

/** What a check of a handler found, and of what it was made. */
interface CheckedHandler {
  readonly key: string;
  readonly problems: Promise<readonly Problem[]>;
}

/** Prepares the functions that run in processes of their own, and starts these processes. */
export class ProcessFunctions {
  readonly #options: ProcessFunctionsOptions;
  readonly #prepared = new Map<string, Promise<Preparation>>();
  readonly #checked = new Map<string, CheckedHandler>();
  readonly #said = new Set<string>();
  #guard: OrphanGuard | undefined;

  constructor(options: ProcessFunctionsOptions) {
    this.#options = options;
  }

  /**
   * Finds a function's code and what runs it.
   * @returns The function, or what is wrong with its code.
   * @throws {AwsError} `InvalidRuntimeException` for what can't run on this machine.
   */
  async prepare(resource: FunctionResource): Promise<PreparedFunction | readonly Problem[]> {
    const found = await this.#preparationOf(resource);
    if (found.kind === 'ready') return found;
    if (found.kind === 'wrong') return found.problems;
    const message = `${resource.name} can't run here: ${found.what}`;
    throw new AwsError('InvalidRuntimeException', message, { Type: 'User' });
  }

  /** Looks at functions anew; returns all that is wrong with them, and says once what has to be installed. */
  async check(resources: readonly FunctionResource[]): Promise<readonly Problem[]> {
    this.#prepared.clear();
    const missing = new Map<string, string[]>();
    const found = await Promise.all(
      resources.map(async (resource) => {
        const preparation = await this.#preparationOf(resource);
        if (preparation.kind === 'wrong') return preparation.problems;
        if (preparation.kind === 'missing') {
          const { what } = preparation;
          missing.set(what, [...(missing.get(what) ?? []), resource.logicalId]);
          return [];
        }
        if (preparation.remark !== undefined) this.#sayOnce(preparation.remark);
        const { code, command } = preparation;
        return await this.#check({ resource, code, root: this.#options.root }, command);
      }),
    );
    for (const [what, names] of missing) {
      this.#sayOnce(
        `${what}: ${names.sort().join(', ')} can't run here; mock the tasks that call them with --mocks`,
      );
    }
    return found.flat();
  }

  /** Starts a process for a function. */
  start(
    { memoryMb, runtime }: FunctionResource,
    { code, command }: PreparedFunction,
    environment: Readonly<Record<string, string>>,
    logStream: LogStream,
  ): ProcessEnvironment {
    this.#guard ??= startOrphanGuard();
    const { now, functionProcesses } = this.#options;
    const clockOffsetMs = Math.round(now().getTime() - Date.now());
    const bringsOwnRuntime = runtime.startsWith('provided');
    const { file, args } = command;
    return new ProcessEnvironment({
      ...{ file, args, memoryMb, logStream, now, functionProcesses },
      directory: code.directory,
      environment: {
        ...withLayers(environment, code),
        ...(bringsOwnRuntime
          ? {}
          : {
              _LAMBDA_TELEMETRY_LOG_FD: String(LOG_FD),
              SIGNALBOX_CLOCK_OFFSET_MS: String(clockOffsetMs),
            }),
        ...command.environment,
      },
      guard: this.#guard,
    });
  }

  close(): void {
    this.#guard?.close();
  }

  #preparationOf(resource: FunctionResource): Promise<Preparation> {
    // The bundler knows itself what has changed.
    if (isBundled(resource)) return this.#prepare(resource);
    const key = JSON.stringify(resource);
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const preparation = this.#prepare(resource);
    this.#prepared.set(key, preparation);
    return preparation;
  }

  /** Checks a handler once for each version of its code: it takes a process of its language. */
  #check(request: CommandRequest, command: Command): Promise<readonly Problem[]> {
    const { resource, code } = request;
    const key = JSON.stringify([resource, code.version, command]);
    const known = this.#checked.get(resource.path);
    if (known?.key === key) return known.problems;
    const problems = checkHandler(request, command);
    this.#checked.set(resource.path, { key, problems });
    return problems;
  }

  async #prepare(resource: FunctionResource): Promise<Preparation> {
    const absent = absenceOf(resource);
    if (absent !== undefined) return { kind: 'missing', what: absent };
    const code = await findCode(resource, this.#options);
    if (!code.ok) return { kind: 'wrong', problems: code.problems };
    const { root, nodejsRuntimeFile } = this.#options;
    const request = { resource, code: code.value, root };
    const finding: CommandFinding = await commandOf(request, nodejsRuntimeFile);
    if (finding.kind === 'missing') return finding;
    if (finding.kind === 'wrong') return { kind: 'wrong', problems: [finding.problem] };
    return { ...finding, kind: 'ready', code: code.value };
  }

  #sayOnce(line: string): void {
    if (this.#said.has(line)) return;
    this.#said.add(line);
    this.#options.onRemark(line);
  }
}

/** Why there is no code on this machine; undefined where there is. */
function absenceOf({ code, runtime, logicalId }: FunctionResource): string | undefined {
  if (code?.kind === 'absent') return code.reason;
  if (code?.kind === 'image') return 'The rehearsal runs no container images';
  return runtime === '' ? `${logicalId} names no runtime` : undefined;
}

/** AWS: programs and libraries of layers are found as those of the system are. */
function withLayers(
  environment: Readonly<Record<string, string>>,
  { directory, layers }: FunctionCode,
): Readonly<Record<string, string>> {
  const last = [...layers].reverse();
  const programs = last.map((layer) => join(layer, 'bin')).filter(existsSync);
  const libraries = [directory, ...last].map((folder) => join(folder, 'lib')).filter(existsSync);
  const given = environment['LD_LIBRARY_PATH'];
  return {
    ...environment,
    PATH: [...programs, environment['PATH'] ?? ''].join(delimiter),
    ...(libraries.length > 0 && {
      LD_LIBRARY_PATH: [...libraries, ...(given === undefined ? [] : [given])].join(delimiter),
    }),
  };
}

/** Tells whether a function runs in a worker thread: Node.js that is bundled, with no layer beside it. */
export function runsInWorker(resource: FunctionResource): boolean {
  const layers = (resource.layers ?? []).filter(({ directory }) => directory !== undefined);
  return isBundled(resource) && layers.length === 0;
}

/** Tells whether esbuild makes what runs: of Node.js with its `Metadata`, or in TypeScript. */
export function isBundled({ build, code, isBuilt, runtime }: FunctionResource): boolean {
  if (!runtime.startsWith('nodejs') || code !== undefined || isBuilt === true) return false;
  const isPlain = build.keepsFolders === true;
  return !isPlain || build.entryPoints.some((file) => /\.[cm]?ts$/.test(file));
}

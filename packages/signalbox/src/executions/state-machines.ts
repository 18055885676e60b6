import type { LoggingConfiguration, TracingConfiguration } from '@aws-sdk/client-sfn';
import type { KeptForm, KeptMaps } from '../core/kept-maps.ts';
import type { StateMachine } from '../states-language/ast.ts';
import { checkArn } from './arns.ts';
import { stateMachineDeleting, stateMachineDoesNotExist } from './refusals.ts';

/** A state machine as it is now; a running execution keeps the one that it started with. */
export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly status: 'ACTIVE' | 'DELETING';
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly roleArn: string;
  /** As JSON text. */
  readonly definition: string;
  readonly machine: StateMachine;
  readonly creationDate: Date;
  /** When it was last updated; the creation date until then. */
  readonly updateDate: Date;
  /** Undefined until the first update. */
  readonly revisionId: string | undefined;
  readonly loggingConfiguration: LoggingConfiguration;
  readonly tracingConfiguration: TracingConfiguration;
}

/** The state machines by ARN. */
export interface StateMachines {
  find(arn: string): MachineRecord | undefined;
  /** @throws {AwsError} `InvalidArn` or `StateMachineDoesNotExist`. */
  get(arn: string): MachineRecord;
  /** As `get`. @throws {AwsError} Also `StateMachineDeleting`. */
  getActive(arn: string): MachineRecord;
  put(machine: MachineRecord): void;
  remove(arn: string): void;
  all(): readonly MachineRecord[];
}

/** A machine as it is kept: its definition is read again. */
export type KeptMachine = Omit<MachineRecord, 'machine'>;

/** Reads a definition that was accepted, of a machine of a type. */
export type ReadMachine = (definition: string, type: MachineRecord['type']) => StateMachine;

/** The form in which machines are kept; the definition is read when it is first needed. */
export function machineForm(read: ReadMachine): KeptForm<MachineRecord, KeptMachine> {
  return {
    store: ({ machine: _, ...kept }) => kept,
    restore(kept) {
      let machine: StateMachine | undefined;
      return {
        ...kept,
        get machine() {
          machine ??= read(kept.definition, kept.type);
          return machine;
        },
      };
    },
  };
}

/** Creates the registry, with the machines that were kept. */
export function createStateMachines(maps: KeptMaps, read: ReadMachine): StateMachines {
  const machines = maps.map('states/machines', machineForm(read));
  function get(arn: string): MachineRecord {
    checkArn(arn, 'stateMachine');
    const machine = machines.get(arn);
    if (machine === undefined) throw stateMachineDoesNotExist(arn);
    return machine;
  }
  return {
    find: (arn) => machines.get(arn),
    get,
    getActive(arn) {
      const machine = get(arn);
      if (machine.status === 'DELETING') throw stateMachineDeleting(arn);
      return machine;
    },
    put: (machine) => void machines.set(machine.arn, machine),
    remove: (arn) => void machines.delete(arn),
    all: () => [...machines.values()],
  };
}

/** The defaults of a machine that says nothing of logging and tracing. */
export const NO_LOGGING: LoggingConfiguration = { level: 'OFF', includeExecutionData: false };
export const NO_TRACING: TracingConfiguration = { enabled: false };

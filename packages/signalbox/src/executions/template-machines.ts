import type { Clock } from '../core/clock.ts';
import { jsonText } from '../core/exact-json/exact-number.ts';
import type { JsonObject } from '../core/json.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import { ok, type Result } from '../core/result.ts';
import { checkDefinition, type DefinitionRules } from './definition.ts';
import { NO_LOGGING, NO_TRACING, type StateMachines } from './state-machines.ts';

/** A state machine as a template has it. */
export interface MachineDefinition {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly roleArn: string;
  readonly definition: JsonObject;
}

/** The machines that a template has. */
export interface TemplateMachines {
  /**
   * Creates or replaces a machine; executions that run keep the definition they started with. As
   * CloudFormation does, it leaves alone what the API has changed until the template changes it too.
   */
  define(machine: MachineDefinition): Result<undefined>;
  /** Takes a machine away; executions that run go on to their end. */
  remove(stateMachineArn: string): void;
  /** The ARNs of the machines that were defined, those of an earlier process too. */
  templateMachines(): readonly string[];
}

/** The registry and the rules of the template's machines. */
export interface TemplateMachinesOptions {
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly maps: KeptMaps;
  readonly machines: StateMachines;
  readonly rulesFor: (type: MachineDefinition['type']) => DefinitionRules;
}

/** Makes the template's part of the machines. */
export function createTemplateMachines(options: TemplateMachinesOptions): TemplateMachines {
  const { clock, uuid, machines, rulesFor } = options;
  /** The machines as text, as they were when the template was last read. */
  const texts = options.maps.map<string>('states/template-machines');
  return {
    define({ arn, name, type, roleArn, definition }) {
      const checked = checkDefinition(definition, rulesFor(type));
      if (!checked.ok) return checked;
      const current = machines.find(arn);
      const text = jsonText({ name, type, roleArn, definition });
      if (current !== undefined && texts.get(arn) === text) return ok(undefined);
      machines.put({
        arn,
        name,
        status: 'ACTIVE',
        type,
        roleArn,
        definition: jsonText(definition),
        machine: checked.value,
        creationDate: current?.creationDate ?? clock.now(),
        updateDate: clock.now(),
        revisionId: current === undefined ? undefined : uuid(),
        loggingConfiguration: current?.loggingConfiguration ?? NO_LOGGING,
        tracingConfiguration: current?.tracingConfiguration ?? NO_TRACING,
      });
      texts.set(arn, text);
      return ok(undefined);
    },
    remove(arn) {
      machines.remove(arn);
      texts.delete(arn);
    },
    templateMachines: () => [...texts.keys()],
  };
}

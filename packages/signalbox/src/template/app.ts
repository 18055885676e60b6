import type { Json, JsonObject } from '../core/json.ts';
import type { LogicalName } from '../core/logical-name.ts';
import type { AlarmResource, CompositeAlarmResource } from './alarm-resource.ts';
import type { HttpApiResource } from './api/http-api-resource.ts';
import type { RestApiResource } from './api/rest-api-resource.ts';
import type { ArchiveResource } from './archive-resource.ts';
import type { BucketResource } from './bucket-resource.ts';
import type {
  ApiDestinationResource,
  ConnectionResource,
  HttpTargetParameters,
} from './connection-resource.ts';
import type { EventBusResource } from './event-bus-resource.ts';
import type { CodeElsewhere, LayerUse } from './function-code.ts';
import type { PipeResource } from './pipe-resource.ts';
import type { Remark } from './remark.ts';
import type { NestedStack, StackResource } from './stack-resource.ts';
import type { StreamSettings } from './stream-settings.ts';
import type { Surrounding } from './surrounding.ts';
import type { TableResource } from './table-resource.ts';

/**
 * The application that `template.yaml` describes: every intrinsic resolved, every name physical.
 */
export interface App {
  readonly stackName: string;
  /** The stack's ARN. */
  readonly stackId: string;
  readonly region: string;
  readonly accountId: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly functions: readonly FunctionResource[];
  readonly stateMachines: readonly StateMachineResource[];
  readonly activities: readonly ActivityResource[];
  readonly eventBuses: readonly EventBusResource[];
  readonly archives: readonly ArchiveResource[];
  readonly connections: readonly ConnectionResource[];
  readonly apiDestinations: readonly ApiDestinationResource[];
  readonly rules: readonly RuleResource[];
  readonly scheduleGroups: readonly ScheduleGroupResource[];
  readonly schedules: readonly ScheduleResource[];
  readonly queues: readonly QueueResource[];
  readonly topics: readonly TopicResource[];
  readonly tables: readonly TableResource[];
  readonly buckets: readonly BucketResource[];
  readonly secrets: readonly SecretResource[];
  readonly ssmParameters: readonly SsmParameterResource[];
  readonly httpApis: readonly HttpApiResource[];
  readonly restApis: readonly RestApiResource[];
  readonly pipes: readonly PipeResource[];
  readonly eventSourceMappings: readonly EventSourceMappingResource[];
  readonly alarms: readonly AlarmResource[];
  readonly compositeAlarms: readonly CompositeAlarmResource[];
  readonly roles: readonly RoleResource[];
  /** Databases, groups of servers, records: the services around the app are seeded with them. */
  readonly surroundings: readonly Surrounding[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Stacks inside this one, at any depth, each after its parent; then those beside it. */
  readonly nestedStacks: readonly NestedStack[];
  /** Every resource of the expanded templates, of nested stacks too. */
  readonly resources: readonly StackResource[];
  /** Files that the app was read from, relative to the project's root: a change in one means reading again. */
  readonly sources: readonly string[];
  /** What the rehearsal does not know or do of the templates. */
  readonly remarks: readonly Remark[];
}

/** A place in a file of the user's. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

export interface FunctionResource extends LogicalName {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** Directory of the code, relative to the project's root; the root where `code` says another place. */
  readonly codeUri: string;
  /** Where the code is, if it is in no directory of the project. */
  readonly code?: CodeElsewhere;
  /** Whether the code is as it is deployed, by `sam build`, `cdk synth` or a package: nothing is built of it. */
  readonly isBuilt?: true;
  /** `Metadata.BuildMethod`, where it is not `esbuild`: such as `makefile` or `python3.12`. */
  readonly buildMethod?: string;
  /** Such as `handler.handler`; empty for an image. */
  readonly handler: string;
  /** Any of AWS's names, such as `nodejs22.x`, `python3.13` or `provided.al2023`; empty for an image. */
  readonly runtime: string;
  /** The instruction set that the code is for; `x86_64` unless given. */
  readonly architecture?: 'x86_64' | 'arm64';
  /** In the order in which they are unpacked into `/opt`. */
  readonly layers?: readonly LayerUse[];
  /** Its aliases and versions, each of which runs the code as it is. */
  readonly qualifiers?: readonly string[];
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | undefined;
  /** Whether its `RecursiveLoop` is `Allow`: Lambda does not stop it where it invokes itself. */
  readonly allowsRecursion?: true;
  readonly logGroup: string;
  /** The template's `Metadata.BuildProperties`. */
  readonly build: EsbuildProperties;
  /** Queue or topic that takes the events of asynchronous calls that failed for good. */
  readonly deadLetterArn?: string;
  /** The retries and destinations of asynchronous calls, where the template names them. */
  readonly asyncInvocation?: AsyncInvocation;
  readonly place: SourcePlace;
}

/** A function's `EventInvokeConfig`. */
export interface AsyncInvocation {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly onSuccessArn: string | undefined;
  readonly onFailureArn: string | undefined;
}

/** `Metadata.BuildProperties` of `BuildMethod: esbuild`, in SAM's own words. */
export interface EsbuildProperties {
  /** Relative to `codeUri`. */
  readonly entryPoints: readonly string[];
  readonly minify: boolean;
  readonly target: string;
  readonly format: 'cjs' | 'esm';
  readonly sourcemap: boolean;
  readonly keepNames: boolean;
  readonly mainFields: readonly string[];
  readonly external: readonly string[];
  readonly banner: Readonly<Record<string, string>>;
  readonly outExtension: Readonly<Record<string, string>>;
  /** Whether the bundle has the folders of the source: a handler such as `src/app.handler` names them. */
  readonly keepsFolders?: true;
}

export interface StateMachineResource extends LogicalName {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** The definition with its substitutions made. */
  readonly definition: JsonObject;
  /** The file of the definition, relative to the project's root, or the template. */
  readonly definitionFile: string;
  /** 1-based line of a JSON path in the definition, such as `States.Charge.Retry[0]`. */
  readonly lineOf: (path: string) => number | undefined;
  readonly place: SourcePlace;
}

export interface RuleResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly eventBusName: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly eventPattern: JsonObject | undefined;
  readonly scheduleExpression: string | undefined;
  readonly targets: readonly TargetResource[];
  readonly place: SourcePlace;
}

/** A rule's target, in EventBridge's own words. */
export interface TargetResource {
  readonly id: string;
  readonly arn: string;
  readonly roleArn: string | undefined;
  readonly input: string | undefined;
  readonly inputPath: string | undefined;
  readonly inputTransformer:
    | { readonly inputPathsMap: Readonly<Record<string, string>>; readonly inputTemplate: string }
    | undefined;
  readonly deadLetterArn: string | undefined;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** The message group, where the target is a FIFO queue. */
  readonly messageGroupId?: string | undefined;
  /** What goes with each call, where the target is an API destination. */
  readonly httpParameters?: HttpTargetParameters | undefined;
}

/** A group of EventBridge Scheduler's. */
export interface ScheduleGroupResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
}

/** A schedule of EventBridge Scheduler's. */
export interface ScheduleResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly groupName: string;
  readonly description: string | undefined;
  /** Such as `cron(0 3 * * ? *)`. */
  readonly scheduleExpression: string;
  /** A name of the IANA database, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** ISO 8601. */
  readonly startDate: string | undefined;
  /** ISO 8601. */
  readonly endDate: string | undefined;
  readonly state: 'ENABLED' | 'DISABLED';
  /** Minutes after its time within which the target may be called; undefined where the window is OFF. */
  readonly windowMinutes: number | undefined;
  readonly target: ScheduleTargetResource;
  readonly place: SourcePlace;
}

/** The target of a schedule, in EventBridge Scheduler's own words. */
export interface ScheduleTargetResource {
  /** Also `arn:aws:scheduler:::aws-sdk:sqs:sendMessage` and the like, for an action of an API. */
  readonly arn: string;
  readonly roleArn: string;
  readonly input: string | undefined;
  readonly deadLetterArn: string | undefined;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** The message group, where the target is a FIFO queue. */
  readonly messageGroupId: string | undefined;
  /** The event's fields, where the target is an event bus. */
  readonly event: { readonly source: string; readonly detailType: string } | undefined;
}

export interface QueueResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  /** SQS attributes by their API names, such as `VisibilityTimeout`, `RedrivePolicy` (JSON text). */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TopicResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Those of a FIFO topic; none of a standard one. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly subscriptions: readonly {
    readonly protocol: string;
    readonly endpoint: string;
    /** Attributes of Subscribe by their API names, such as `FilterPolicy`. */
    readonly attributes: Readonly<Record<string, string>>;
  }[];
}

export interface SecretResource extends LogicalName {
  readonly name: string;
  readonly arn: string;
  /** The secret's text; generated where the template says GenerateSecretString. */
  readonly secretString: string;
}

export interface ActivityResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
}

export interface SsmParameterResource {
  readonly logicalId: string;
  readonly name: string;
  readonly type: 'String' | 'StringList';
  readonly value: string;
}

export interface EventSourceMappingResource {
  readonly logicalId: string;
  readonly uuid: string;
  readonly functionName: string;
  /** The alias or version by which the function is called; undefined for the code as it is. */
  readonly qualifier?: string | undefined;
  /** The ARN of a queue, or of a table's stream. */
  readonly sourceArn: string;
  readonly batchSize: number;
  /** Event patterns, of which an event has to match one; none takes every event. */
  readonly filters: readonly JsonObject[];
  readonly enabled: boolean;
  readonly reportBatchItemFailures: boolean;
  readonly maximumConcurrency: number | undefined;
  /** How a stream is read; undefined of a queue. */
  readonly stream: StreamSettings | undefined;
}

export interface RoleResource {
  readonly logicalId: string;
  readonly arn: string;
  /** Policy statements, in IAM's own words. */
  readonly statements: readonly Json[];
}

import type { Json } from '../../core/json.ts';
import type { RouteAuthorizer } from '../api/authorizer.ts';
import type { RestIntegration } from '../api/rest-api-resource.ts';
import type { App, AsyncInvocation, SourcePlace } from '../app.ts';
import type { Node } from '../document/node.ts';
import type { Files } from '../files.ts';
import type { LayerUse } from '../function-code.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import type { Stack } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';

/** The rehearsal's knowledge of a CloudFormation resource type. */
export interface ResourceType {
  readonly type: string;
  /** The property that gives the physical name, where there is one. */
  readonly nameProperty?: string;
  /** AWS's limit of the name; a longer generated one is cut. */
  readonly maxNameLength?: number;
  /** Properties that the rehearsal supports. */
  readonly supported: readonly string[];
  /** Properties that change nothing on one machine; `all` for a type that does nothing there. */
  readonly inert: readonly string[] | 'all';
  /** Properties that nobody reads, not even to resolve them: they hold secrets by dynamic references. */
  readonly unresolved?: readonly string[];
  /** Properties that are refused, each with what to do instead. */
  readonly refused?: Readonly<Record<string, string>>;
  /** The values of `Ref` and `Fn::GetAtt`, as the CloudFormation Template Reference says. */
  identify(naming: Naming): Identity;
  /** The parts that the resource adds to the app. */
  read?(reading: Reading): AppAdditions;
}

/** A resource as far as its name goes. */
export interface Naming {
  readonly logicalId: string;
  readonly stack: Stack;
  /** The explicit name, or the one that is generated. */
  readonly name: string;
  /** A property's text; undefined when it is absent or no text. */
  text(property: string): string | undefined;
}

/** The names by which the rest of a template refers to a resource. */
export interface Identity {
  readonly physicalId: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Any other attribute, of a type that the rehearsal does not know. */
  readonly attributeOf?: (attribute: string) => string;
}

/** A resource with every property resolved. */
export interface Reading {
  readonly resource: Resource;
  /** Its logical id, with those of the nested stacks before it. */
  readonly path: string;
  readonly properties: PropertyReader;
  /** The same as a node. */
  readonly node: Node;
  readonly metadata: PropertyReader;
  readonly name: string;
  readonly identity: Identity;
  readonly stack: Stack;
  readonly files: Files;
  readonly report: Report;
}

type Lists = Pick<
  App,
  | 'functions'
  | 'stateMachines'
  | 'activities'
  | 'eventBuses'
  | 'archives'
  | 'connections'
  | 'apiDestinations'
  | 'rules'
  | 'scheduleGroups'
  | 'schedules'
  | 'queues'
  | 'topics'
  | 'tables'
  | 'buckets'
  | 'secrets'
  | 'ssmParameters'
  | 'httpApis'
  | 'restApis'
  | 'pipes'
  | 'eventSourceMappings'
  | 'alarms'
  | 'compositeAlarms'
  | 'roles'
  | 'surroundings'
>;

/** The parts that a resource adds to the app, also to other resources of it. */
export interface AppAdditions extends Partial<Lists> {
  readonly busUses?: readonly BusUse[];
  readonly subscriptions?: readonly SubscriptionPart[];
  readonly queuePolicies?: readonly QueuePolicyPart[];
  readonly bucketPolicies?: readonly BucketPolicyPart[];
  readonly statements?: readonly StatementsPart[];
  readonly managedPolicies?: readonly ManagedPolicyPart[];
  readonly attachments?: readonly AttachmentPart[];
  readonly asyncInvocations?: readonly AsyncInvocationPart[];
  readonly layers?: readonly LayerUse[];
  readonly qualifiers?: readonly QualifierPart[];
  readonly restResources?: readonly RestResourcePart[];
  readonly restMethods?: readonly RestMethodPart[];
  readonly httpRoutes?: readonly HttpRoutePart[];
  readonly httpIntegrations?: readonly HttpIntegrationPart[];
  readonly apiAuthorizers?: readonly ApiAuthorizerPart[];
  /** The values of keys of REST APIs. */
  readonly apiKeys?: readonly string[];
}

/** A part of a path of a REST API. */
export interface RestResourcePart {
  readonly id: string;
  readonly parentId: string;
  /** Such as `orders` or `{orderId}`. */
  readonly pathPart: string;
}

/** A route of an HTTP API that is a resource of its own. */
export interface HttpRoutePart {
  readonly apiId: string;
  /** Such as `GET /orders`, or `$default`. */
  readonly routeKey: string;
  readonly integrationId: string;
  /** Such as `CUSTOM`, `JWT` or `AWS_IAM`. */
  readonly authorizationType: string;
  readonly authorizerId: string | undefined;
  readonly scopes: readonly string[];
}

/** What routes of an HTTP API call. */
export interface HttpIntegrationPart {
  readonly id: string;
  readonly functionName: string;
  /** What the rehearsal has not of it; undefined of a function that it serves. */
  readonly refusal: string | undefined;
}

/** A method of a REST API that is a resource of its own. */
export interface RestMethodPart {
  readonly apiId: string;
  readonly resourceId: string;
  readonly method: string;
  readonly integration: RestIntegration;
  /** Such as `CUSTOM` or `AWS_IAM`. */
  readonly authorizationType: string;
  readonly authorizerId: string | undefined;
  readonly scopes: readonly string[];
  readonly needsKey: boolean;
}

/** An authorizer of an API that is a resource of its own. */
export interface ApiAuthorizerPart {
  readonly id: string;
  readonly authorizer: RouteAuthorizer;
}

/** An alias or version of a function. */
export interface QualifierPart {
  readonly functionName: string;
  readonly qualifier: string;
}

/** A rule or archive that is on a bus. */
export interface BusUse {
  /** Such as `Rule Placed`. */
  readonly what: string;
  readonly eventBusName: string;
  readonly place: SourcePlace;
}

export interface SubscriptionPart {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly place: SourcePlace;
}

export interface QueuePolicyPart {
  readonly queueUrl: string;
  readonly policy: string;
  readonly place: SourcePlace;
}

/** The policy of a bucket, as JSON. */
export interface BucketPolicyPart {
  readonly bucketName: string;
  readonly policy: string;
}

/** Statements of a policy of its own that is embedded in a role. */
export interface StatementsPart {
  readonly roleName: string;
  readonly statements: readonly Json[];
}

/** A managed policy of the template. */
export interface ManagedPolicyPart {
  readonly arn: string;
  readonly statements: readonly Json[];
}

/** A managed policy that a role has. */
export interface AttachmentPart {
  readonly roleName: string;
  readonly policyArn: string;
  readonly place: SourcePlace;
}

export interface AsyncInvocationPart {
  readonly functionName: string;
  readonly asyncInvocation: AsyncInvocation;
}

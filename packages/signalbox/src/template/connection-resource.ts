import type { JsonObject } from '../core/json.ts';

/** AWS::Events::Connection. */
export interface ConnectionResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly secretArn: string;
  readonly description: string | undefined;
  readonly type: 'API_KEY' | 'BASIC' | 'OAUTH_CLIENT_CREDENTIALS';
  /** AuthParameters in EventBridge's own words. */
  readonly parameters: JsonObject;
}

/** AWS::Events::ApiDestination. */
export interface ApiDestinationResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly connectionArn: string;
  readonly endpoint: string;
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT';
  /** Calls a second. */
  readonly rateLimit: number | undefined;
}

/** HttpParameters of a rule's target. */
export interface HttpTargetParameters {
  readonly pathParameterValues: readonly string[];
  readonly headerParameters: Readonly<Record<string, string>>;
  readonly queryStringParameters: Readonly<Record<string, string>>;
}

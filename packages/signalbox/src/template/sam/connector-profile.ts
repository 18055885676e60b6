import { ownMember } from '../../core/names/own-member.ts';
import profiles from './connectors.json' with { type: 'json' };

/** What a connector between two types of resources gives: lists are words. */
export interface ConnectorProfile {
  /** The policy that is made; a permission is that of the destination, a function. */
  readonly gives: string;
  /** Statements by `Read` and `Write`; `%{Source.Arn}` and the like stand for the resources' own. */
  readonly access: Readonly<Record<string, readonly ConnectorStatement[]>>;
  /** The service that acts for the source. */
  readonly principal?: string;
  /** Permissions that only go together, such as `Read Write`. */
  readonly together?: readonly string[];
}

/** Actions on resources. */
export interface ConnectorStatement {
  readonly actions: string;
  readonly resources: string;
}

const PROFILES: Readonly<Record<string, ConnectorProfile>> = profiles;

/**
 * Finds what a connector gives, by the types of CloudFormation.
 * @returns Undefined where SAM connects no such types.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
export function connectorProfile(source: string, destination: string) {
  return ownMember(PROFILES, `${source} ${destination}`);
}

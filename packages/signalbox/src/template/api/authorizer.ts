/** Who is admitted to a route of an API: anybody, whoever signs with IAM credentials, or whom an authorizer admits. */
export type RouteAuthorizer =
  | 'NONE'
  | 'AWS_IAM'
  | LambdaAuthorizer
  | JwtAuthorizer
  | UnknownAuthorizer;

/** A function that decides. */
export interface LambdaAuthorizer {
  readonly kind: 'lambda';
  readonly name: string;
  readonly functionName: string;
  /** Whether the function gets one token or the whole request. */
  readonly asks: 'TOKEN' | 'REQUEST';
  /** Of what the function gets; that of REST APIs is 1.0. */
  readonly payloadFormat: '1.0' | '2.0';
  /** Whether the function answers `isAuthorized` instead of a policy. */
  readonly givesSimpleResponses: boolean;
  /** What has to be there before the function is asked, such as `header.Authorization` or `querystring.key`. */
  readonly identitySources: readonly string[];
  /** A regular expression that the token has to fit. */
  readonly validation: string | undefined;
}

/** The claims of a token decide. */
export interface JwtAuthorizer {
  readonly kind: 'jwt';
  readonly name: string;
  /** The beginning of it is not known of a user pool: then its id at the end counts. */
  readonly issuer: { readonly whole: string } | { readonly end: readonly string[] };
  /** None where any audience is admitted. */
  readonly audience: readonly string[];
  /** The route's own, of which the token has to have one. */
  readonly scopes: readonly string[];
  /** Such as `header.Authorization`. */
  readonly identitySource: string;
}

/** An authorizer that the rehearsal cannot stand for: its routes answer so by name. */
export interface UnknownAuthorizer {
  readonly kind: 'other';
  readonly name: string;
  readonly type: string;
}

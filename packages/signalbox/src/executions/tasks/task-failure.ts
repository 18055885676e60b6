import type { AwsError } from '../../core/aws-error.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { TaskFailure } from '../../states-language/task-result.ts';
import type { Integration } from './integrations.ts';
import { javaExceptionName } from './java-names.ts';

/**
 * Errors that services return without having them in their models; the SDKs call them after the
 * service.
 */
const UNMODELLED: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InternalFailure',
  'InvalidAction',
  'InvalidParameterCombination',
  'InvalidParameterValue',
  'MissingParameter',
  'SerializationException',
  'Throttling',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationError',
  'ValidationException',
]);

/** The exceptions to the above, by signing name. */
const MODELLED: Readonly<Record<string, readonly string[]>> = {
  states: ['ValidationException'],
  sns: ['ValidationException'],
};

/** What a service's model says of its refusal, and where ids come from. */
export interface RefusalFacts {
  readonly uuid: () => string;
  readonly status?: number | undefined;
  readonly isModelled?: boolean | undefined;
}

/** Makes a task's failure of a service's refusal, named and worded as AWS does it. */
export function toTaskFailure(
  integration: Integration,
  error: AwsError,
  facts: RefusalFacts,
): TaskFailure {
  return {
    kind: 'failed',
    error: `${integration.errorPrefix}.${exceptionName(integration, error.name, facts)}`,
    cause: causeOf(integration, error, facts),
  };
}

/** The class that the Java SDK makes of an error's shape. */
function exceptionName(
  { service, style, unmodelledError }: Integration,
  shape: string,
  { isModelled }: RefusalFacts,
): string {
  if (style === 'aws-sdk' && isModelled !== undefined) {
    return isModelled ? javaExceptionName(shape) : unmodelledError;
  }
  if (UNMODELLED.has(shape) && !ownMember(MODELLED, service)?.includes(shape))
    return unmodelledError;
  if (shape.endsWith('Exception')) return shape;
  return `${shape.replace(/Fault$/, '')}Exception`;
}

function causeOf(
  { style, service, serviceName }: Integration,
  { name, message }: AwsError,
  { uuid, status = statusCode(name) }: RefusalFacts,
): string {
  const requestId = uuid();
  if (style === 'aws-sdk') {
    const extended = service === 's3' ? `, Extended Request ID: ${uuid()}` : '';
    return `${message} (Service: ${serviceName}, Status Code: ${status}, Request ID: ${requestId}${extended}) (SDK Attempt Count: 1)`;
  }
  // SNS's codes on the wire go without the suffix (recorded: TestTaskServiceSns).
  const code = service === 'sns' ? name.replace(/Exception$/, '') : name;
  return `${message} (Service: ${serviceName}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`;
}

function statusCode(name: string): number {
  if (/^(ResourceNotFound|NotFound)(Exception)?$/.test(name)) return 404;
  if (/^TooManyRequests/.test(name)) return 429;
  return /^(Internal|Service(Exception|Unavailable))/.test(name) ? 500 : 400;
}

import { AwsError } from '../../core/aws-error.ts';

/** Refuses an input that does not fit. */
export function validationException(
  message: string,
  field: string,
  reason: 'MISSING_RESOURCE' | 'FIELD_VALIDATION_FAILED' = 'FIELD_VALIDATION_FAILED',
): AwsError {
  return new AwsError('ValidationException', message, {
    reason,
    fields: [{ name: field, message }],
  });
}

/** Refuses a routing control or control panel that is not there. */
export function resourceNotFound(arn: string, type: string): AwsError {
  return new AwsError('ResourceNotFoundException', `${type} with ARN ${arn} not found.`, {
    resourceId: arn,
    resourceType: type,
  });
}

/**
 * Refuses an update that a safety rule forbids. AWS: the message has the rule's ARN ("Override
 * safety rules to reroute traffic" of the developer guide); its other words are not documented.
 */
export function safetyRuleConflict(ruleArn: string, why: string): AwsError {
  return new AwsError(
    'ConflictException',
    `Routing control state update is blocked by safety rule ${ruleArn}: ${why}`,
    { resourceId: ruleArn, resourceType: 'SafetyRule' },
  );
}

/** Refuses at an endpoint of the cluster that does not respond now. */
export function endpointUnavailable(region: string): AwsError {
  return new AwsError(
    'EndpointTemporarilyUnavailableException',
    `The cluster endpoint in ${region} isn't available. Try another cluster endpoint.`,
  );
}

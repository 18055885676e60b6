import { isJsonObject, type JsonObject, parseJson } from '../../core/json.ts';

/** The members of a topic that its policies depend on. */
interface Described {
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A topic's policy as JSON: that of a topic which nobody gave one says, as recorded, that its owner may do everything. */
export function policyOf({ arn, attributes }: Described, accountId: string): string {
  return attributes['Policy'] ?? JSON.stringify(defaultPolicy(arn, accountId));
}

function defaultPolicy(arn: string, accountId: string): JsonObject {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  };
}

/** What holds for deliveries over HTTP where a topic says nothing, as recorded. */
const DELIVERY: JsonObject = {
  defaultHealthyRetryPolicy: {
    minDelayTarget: 20,
    maxDelayTarget: 20,
    numRetries: 3,
    numMaxDelayRetries: 0,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    backoffFunction: 'linear',
  },
  disableSubscriptionOverrides: false,
  defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
};

/** A topic's delivery policy, with the defaults for what it leaves open. */
export function deliveryPolicyOf({ attributes }: Pick<Described, 'attributes'>): JsonObject {
  const own = parseJson(attributes['DeliveryPolicy'] ?? '');
  const http = isJsonObject(own) && isJsonObject(own['http']) ? own['http'] : {};
  return { http: { ...DELIVERY, ...http } };
}

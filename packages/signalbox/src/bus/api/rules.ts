import type {
  Rule as ApiRule,
  DescribeRuleRequest,
  DescribeRuleResponse,
  EnableRuleRequest,
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse,
  ListRulesRequest,
  ListRulesResponse,
} from '@aws-sdk/client-eventbridge';
import type { Bus } from '../bus.ts';
import type { Rule } from '../rule-table.ts';
import { findBus, findRule } from './find.ts';
import { page } from './page.ts';
import { required } from './required.ts';

/** Handles ListRules. */
export function listRules(bus: Bus, request: ListRulesRequest): ListRulesResponse {
  const { items, NextToken } = page(
    bus.rules
      .rulesOf(findBus(bus, request.EventBusName).name)
      .rules.filter(({ rule }) => rule.name.startsWith(request.NamePrefix ?? '')),
    request,
  );
  return { Rules: items.map(({ rule }) => apiRule(rule)), NextToken };
}

/** Handles DescribeRule. */
export function describeRule(bus: Bus, request: DescribeRuleRequest): DescribeRuleResponse {
  const { rule } = findRule(bus, request.Name, request.EventBusName);
  return { ...apiRule(rule), CreatedBy: bus.accountId };
}

/** Handles ListRuleNamesByTarget. */
export function listRuleNamesByTarget(
  bus: Bus,
  request: ListRuleNamesByTargetRequest,
): ListRuleNamesByTargetResponse {
  const targetArn = required(request.TargetArn, 'targetArn');
  const { items, NextToken } = page(
    bus.rules
      .rulesOf(findBus(bus, request.EventBusName).name)
      .rules.filter(({ rule }) => rule.targets.some(({ arn }) => arn === targetArn)),
    request,
  );
  return { RuleNames: items.map(({ rule }) => rule.name), NextToken };
}

/** Switches a rule on or off; for a rule of the template until the template changes it. */
export function setRuleState(
  bus: Bus,
  request: EnableRuleRequest,
  state: Rule['state'],
): Record<string, never> {
  const loaded = findRule(bus, request.Name, request.EventBusName);
  bus.rules.put({ ...loaded, rule: { ...loaded.rule, state } });
  return {};
}

function apiRule(rule: Rule): ApiRule {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.eventPattern && JSON.stringify(rule.eventPattern),
    State: rule.state,
    Description: rule.description,
    ScheduleExpression: rule.scheduleExpression,
    EventBusName: rule.eventBusName,
  };
}

import type {
  GetRoutingControlStateRequest,
  GetRoutingControlStateResponse,
  ListRoutingControlsRequest,
  ListRoutingControlsResponse,
} from '@aws-sdk/client-route53-recovery-cluster';
import { pageOf } from '../../core/page-of.ts';
import type { ControlPanels } from './control-panels.ts';
import { resourceNotFound, validationException } from './routing-errors.ts';

/** GetRoutingControlState. @throws {AwsError} `ResourceNotFoundException` or `ValidationException`. */
export function getRoutingControlState(
  panels: ControlPanels,
  input: GetRoutingControlStateRequest,
): GetRoutingControlStateResponse {
  const { arn, name, state } = panels.control(input.RoutingControlArn);
  return { RoutingControlArn: arn, RoutingControlName: name, RoutingControlState: state };
}

const USUAL_RESULTS = 300;
const MAX_RESULTS = 1_000;

/** ListRoutingControls: of one control panel, or of all. @throws {AwsError} As `getRoutingControlState`. */
export function listRoutingControls(
  panels: ControlPanels,
  accountId: string,
  input: ListRoutingControlsRequest,
): ListRoutingControlsResponse {
  const { ControlPanelArn: panelArn, MaxResults: size = USUAL_RESULTS, NextToken: token } = input;
  if (size < 1 || size > MAX_RESULTS) {
    throw validationException(`MaxResults must be from 1 to ${MAX_RESULTS}`, 'MaxResults');
  }
  const chosen = panels.all().filter(({ arn }) => panelArn === undefined || arn === panelArn);
  if (panelArn !== undefined && chosen.length === 0) {
    throw resourceNotFound(panelArn, 'ControlPanel');
  }
  const all = chosen.flatMap((panel) =>
    panel.controls.map(({ arn, name, state }) => ({
      ControlPanelArn: panel.arn,
      ControlPanelName: panel.name,
      RoutingControlArn: arn,
      RoutingControlName: name,
      RoutingControlState: state,
      Owner: accountId,
    })),
  );
  const invalid = () => validationException('The NextToken is not valid', 'NextToken');
  const { members, next } = pageOf(all, size, token, invalid);
  return { RoutingControls: [...members], ...(next !== undefined && { NextToken: next }) };
}

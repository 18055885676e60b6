import type { Resource } from '../sections.ts';
import { expandApplication } from './application.ts';
import type { Expanding, HttpRoute } from './expanding.ts';
import { expandFunction } from './function.ts';
import { expandHttpApi } from './http-api.ts';
import { expandSimpleTable } from './simple-table.ts';
import { expandStateMachine } from './state-machine.ts';

const HTTP_API = 'AWS::Serverless::HttpApi';

/**
 * Turns SAM's resources into CloudFormation's, with the logical ids that SAM generates.
 * See the AWS SAM Developer Guide, "Generated AWS CloudFormation resources".
 */
export function expandServerless(
  resources: readonly Resource[],
  expanding: Expanding,
): readonly Resource[] {
  const routes: HttpRoute[] = [];
  const expanded = resources.map((resource): readonly Resource[] => {
    switch (resource.type) {
      case 'AWS::Serverless::Function': {
        const expansion = expandFunction(resource, expanding);
        if (expanding.isLive(resource)) routes.push(...expansion.routes);
        return expansion.resources;
      }
      case 'AWS::Serverless::StateMachine':
        return expandStateMachine(resource, expanding);
      case 'AWS::Serverless::Application':
        return [expandApplication(resource, expanding)];
      case 'AWS::Serverless::SimpleTable':
        return expandSimpleTable(resource, expanding);
      default:
        return [resource];
    }
  });
  const apis = resources.filter(({ type }) => type === HTTP_API);
  checkApiIds(routes, apis, expanding);
  const all = expanded.flat().flatMap((resource) => {
    if (resource.type !== HTTP_API) return [resource];
    const own = routes.filter(({ apiId }) => apiId === resource.logicalId);
    return expandHttpApi(resource, own, expanding);
  });
  return unique([...all, ...implicitApi(routes, expanding)], expanding);
}

function implicitApi(routes: readonly HttpRoute[], expanding: Expanding): readonly Resource[] {
  const own = routes.filter(({ apiId }) => apiId === undefined);
  const [first] = own;
  if (first === undefined) return [];
  return expandHttpApi({ ...expanding.implicitApi, place: first.place }, own, expanding);
}

function checkApiIds(
  routes: readonly HttpRoute[],
  apis: readonly Resource[],
  { report }: Expanding,
): void {
  const names = apis.map(({ logicalId }) => logicalId);
  for (const { apiId, owner, place } of routes) {
    if (apiId === undefined || names.includes(apiId)) continue;
    const message = `${owner.logicalId}: ApiId ${apiId} is no AWS::Serverless::HttpApi of this template`;
    report.unknown(place, message, apiId, names);
  }
}

function unique(resources: readonly Resource[], { report }: Expanding): readonly Resource[] {
  const taken = new Set<string>();
  return resources.filter(({ logicalId, place }) => {
    if (taken.has(logicalId)) {
      report.at(
        place,
        `SAM generates the logical id ${logicalId}, and the template has it already`,
      );
      return false;
    }
    taken.add(logicalId);
    return true;
  });
}

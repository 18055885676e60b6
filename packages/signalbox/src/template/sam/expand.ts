import type { Resource } from '../sections.ts';
import { expandApplication } from './application.ts';
import { withBucketEvents } from './bucket-events.ts';
import { CONNECTOR, connectorsOf, expandConnector } from './connector.ts';
import type { BucketEvent, Expanding, Expansion, HttpRoute, RestRoute } from './expanding.ts';
import { expandFunction } from './function.ts';
import { expandHttpApi } from './http-api.ts';
import { expandLayer } from './layer-version.ts';
import { expandRestApi, REST_API } from './rest-api.ts';
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
  const restRoutes: RestRoute[] = [];
  const bucketEvents: BucketEvent[] = [];
  const take = (resource: Resource, expansion: Expansion): void => {
    if (!expanding.isLive(resource)) return;
    routes.push(...expansion.routes);
    restRoutes.push(...expansion.restRoutes);
    bucketEvents.push(...expansion.bucketEvents);
  };
  const expanded = resources.map((resource): readonly Resource[] => {
    switch (resource.type) {
      case 'AWS::Serverless::Function': {
        const expansion = expandFunction(resource, expanding);
        take(resource, expansion);
        return expansion.resources;
      }
      case 'AWS::Serverless::StateMachine': {
        const expansion = expandStateMachine(resource, expanding);
        take(resource, expansion);
        return expansion.resources;
      }
      case 'AWS::Serverless::LayerVersion':
        return [expandLayer(resource, expanding)];
      case CONNECTOR:
        return [];
      case 'AWS::Serverless::Application':
        return [expandApplication(resource, expanding)];
      case 'AWS::Serverless::SimpleTable':
        return expandSimpleTable(resource, expanding);
      default:
        return [resource];
    }
  });
  const apis = resources.filter(({ type }) => type === HTTP_API);
  const restApis = resources.filter(({ type }) => type === REST_API);
  checkApiIds(routes, apis, HTTP_API, expanding);
  checkApiIds(restRoutes, [...restApis, ...resources.filter(isRestApi)], REST_API, expanding);
  const all = expanded.flat().flatMap((resource) => {
    const ofThis = ({ apiId }: { readonly apiId: string | undefined }): boolean =>
      apiId === resource.logicalId;
    if (resource.type === REST_API) {
      return expandRestApi(resource, restRoutes.filter(ofThis), expanding);
    }
    if (resource.type !== HTTP_API) return [resource];
    return expandHttpApi(resource, routes.filter(ofThis), expanding);
  });
  const implicit = [...implicitApi(routes, expanding), ...implicitRest(restRoutes, expanding)];
  const made = [...withBucketEvents(all, bucketEvents, expanding.report), ...implicit];
  const connectors = resources.flatMap((resource) => connectorsOf(resource, expanding));
  const connected = connectors.flatMap((each) => expandConnector(each, made, expanding));
  return unique([...made, ...connected], expanding);
}

function isRestApi({ type }: Resource): boolean {
  return type === 'AWS::ApiGateway::RestApi';
}

function implicitRest(routes: readonly RestRoute[], expanding: Expanding): readonly Resource[] {
  const own = routes.filter(({ apiId }) => apiId === undefined);
  const [first] = own;
  if (first === undefined) return [];
  return expandRestApi({ ...expanding.implicitRestApi, place: first.place }, own, expanding);
}

function implicitApi(routes: readonly HttpRoute[], expanding: Expanding): readonly Resource[] {
  const own = routes.filter(({ apiId }) => apiId === undefined);
  const [first] = own;
  if (first === undefined) return [];
  return expandHttpApi({ ...expanding.implicitApi, place: first.place }, own, expanding);
}

function checkApiIds(
  routes: readonly Pick<HttpRoute, 'apiId' | 'owner' | 'place'>[],
  apis: readonly Resource[],
  type: string,
  { report }: Expanding,
): void {
  const names = apis.map(({ logicalId }) => logicalId);
  for (const { apiId, owner, place } of routes) {
    if (apiId === undefined || names.includes(apiId)) continue;
    const message = `${owner.logicalId}: ApiId ${apiId} is no ${type} of this template`;
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

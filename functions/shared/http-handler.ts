import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { HttpRequest } from './http-request.ts';
import { asError, logger } from './logger.ts';
import { countMetric } from './metrics.ts';

/**
 * Makes the Lambda handler of an HTTP route. An error passes through, so that it counts as the
 * function's error; API Gateway turns it into a 500 and no details. Measures the time since API
 * Gateway took the request, by route.
 */
export function httpHandler(
  answer: (request: HttpRequest, context: Context) => Promise<APIGatewayProxyStructuredResultV2>,
): (request: HttpRequest, context: Context) => Promise<APIGatewayProxyStructuredResultV2> {
  return async (request, context) => {
    logger.addContext(context);
    try {
      return await answer(request, context);
    } catch (error) {
      logger.error('Request failed', asError(error));
      throw error;
    } finally {
      measure(request);
      logger.resetKeys();
    }
  };
}

function measure({ requestContext: context }: HttpRequest): void {
  if (context?.timeEpoch === undefined) return;
  const elapsedMs = Math.max(0, Date.now() - context.timeEpoch);
  countMetric('ResponseTime', elapsedMs, { Route: context.routeKey ?? '$default' });
}

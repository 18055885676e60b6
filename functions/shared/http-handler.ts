import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { HttpRequest } from './http-request.ts';
import { asError, logger } from './logger.ts';

/**
 * Makes the Lambda handler of an HTTP route. An error passes through, so that it counts as the
 * function's error; API Gateway turns it into a 500 and no details.
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
      logger.resetKeys();
    }
  };
}

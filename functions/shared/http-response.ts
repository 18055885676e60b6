import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { InputProblem } from './problems.ts';

/** Makes an HTTP API answer (payload format 2.0) with a JSON body. */
export function jsonResponse(
  statusCode: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

/** Returns 400 with every problem found. */
export function badRequest(problems: readonly InputProblem[]): APIGatewayProxyStructuredResultV2 {
  return jsonResponse(400, { message: 'The request is not valid', problems });
}

/** Returns 404. */
export function notFound(what: string): APIGatewayProxyStructuredResultV2 {
  return jsonResponse(404, { message: `${what} not found` });
}

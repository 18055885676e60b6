/** The resource that a Task state calls. */
export type TaskResource =
  | { readonly kind: 'lambda'; readonly text: string }
  | { readonly kind: 'activity'; readonly text: string }
  | {
      readonly kind: 'service';
      readonly text: string;
      /** As in the history, such as `lambda`, `aws-sdk:s3`. */
      readonly resourceType: string;
      /** As in the history: the action with its pattern, such as `sendMessage.waitForTaskToken`. */
      readonly resource: string;
      readonly pattern: IntegrationPattern;
    };

/** The end of a service integration's wait: the response, the job's end, or a token. */
export type IntegrationPattern = 'requestResponse' | 'sync' | 'waitForTaskToken';

const SERVICE =
  /^arn:[^:]*:states:[^:]*:[^:]*:((?:aws-sdk:)?[^:]+):([^:.]+)((?:\.[^:]+)?(?::\d+)?)$/;

/** Reads a Task's `Resource`; undefined where it is not an ARN that a Task may name. */
export function parseTaskResource(text: string): TaskResource | undefined {
  if (/^arn:[^:]*:lambda:[^:]*:[^:]*:function:.+$/.test(text)) return { kind: 'lambda', text };
  if (/^arn:[^:]*:states:[^:]*:[^:]*:activity:.+$/.test(text)) return { kind: 'activity', text };
  const match = SERVICE.exec(text);
  if (match === null) return undefined;
  const [, resourceType = '', action = '', suffix = ''] = match;
  const pattern = patternOf(suffix);
  if (pattern === undefined) return undefined;
  return { kind: 'service', text, resourceType, resource: action + suffix, pattern };
}

function patternOf(suffix: string): IntegrationPattern | undefined {
  switch (suffix) {
    case '':
      return 'requestResponse';
    case '.sync':
    case '.sync:2':
      return 'sync';
    case '.waitForTaskToken':
      return 'waitForTaskToken';
    default:
      return undefined;
  }
}

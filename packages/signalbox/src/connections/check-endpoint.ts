import { AwsError } from '../core/aws-error.ts';

/** @throws {AwsError} `ValidationException` for what is no URL of HTTP with a host; the sentence is ours. */
export function checkEndpoint(parameter: string, url: string): void {
  const isWritten = /^https?:\/\/[^\s/?#]/i.test(url) && !/\s/.test(url);
  if (isWritten && URL.canParse(url) && new URL(url).hostname !== '') return;
  throw new AwsError(
    'ValidationException',
    `Parameter ${parameter} is not valid. Reason: Must be a URL of HTTP or HTTPS with a host.`,
  );
}

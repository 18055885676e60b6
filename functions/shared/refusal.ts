/**
 * Says whether an error is what a function is there to say, such as a declined card, rather than a fault
 * of its own. To Lambda both are errors; alarms on a function's errors leave the refusals out.
 */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'isRefusal' in error && error.isRefusal === true;
}

/**
 * Counts a refusal as `TasksRefused` of the function's service, in the embedded metric format. Written
 * by hand: every task has this, and the library would be a tenth of the smallest bundles.
 * AWS: "Specification: Embedded metric format" of the CloudWatch user guide.
 */
export function countRefusal(): void {
  const {
    POWERTOOLS_METRICS_NAMESPACE: Namespace,
    ENVIRONMENT,
    POWERTOOLS_SERVICE_NAME,
  } = process.env;
  const directive = {
    Namespace,
    Dimensions: [['Environment', 'Service']],
    Metrics: [{ Name: 'TasksRefused', Unit: 'Count' }],
  };
  const line = {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
    Environment: ENVIRONMENT,
    Service: POWERTOOLS_SERVICE_NAME,
    TasksRefused: 1,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

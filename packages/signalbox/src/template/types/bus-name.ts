/** The name of an event bus given by its name or its ARN. */
export function busNameOf(nameOrArn: string): string {
  return /:event-bus\/(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

import { InvalidArgumentError } from 'commander';

/** Reads a host name or an address, without a port; an IPv6 address stands in brackets. */
export function hostOption(text: string): string {
  if (/^[a-z\d]([a-z\d.-]*[a-z\d])?$|^\[[\da-f:]+\]$/i.test(text)) return text;
  throw new InvalidArgumentError('Write a host name without port, such as host.docker.internal.');
}

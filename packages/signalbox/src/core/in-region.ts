import type { KeptMaps } from './kept-maps.ts';
import type { ServiceCall } from './service.ts';

/** AWS: such as `us-east-1` or `us-gov-west-1`. */
const REGION = /^[a-z]{2}(-[a-z]+){1,2}-\d$/;

/** Returns whether a text has the form of a Region's name. */
export function isRegionName(text: string): boolean {
  return REGION.test(text);
}

/** The account and the Region in an ARN; empty where it names none. */
export function placeOfArn(arn: string): { readonly region: string; readonly accountId: string } {
  const [, , , region = '', accountId = ''] = arn.split(':');
  return { region, accountId };
}

/** Whether an ARN names another Region than the given one; one that names none is everywhere. */
export function isElsewhere(arn: string, region: string): boolean {
  const there = placeOfArn(arn).region;
  return isRegionName(there) && there !== region;
}

/** Calls services from a Region: a caller that names no Region asks this one. */
export function callIn(region: string, call: ServiceCall): ServiceCall {
  return (service, action, input, caller) =>
    call(service, action, input, { ...caller, region: caller.region ?? region });
}

/** Keeps the records of a Region apart from those of the app's own, which had their names first. */
export function mapsIn(region: string, maps: KeptMaps): KeptMaps {
  return { map: (name, form) => maps.map(`${region}/${name}`, form) };
}

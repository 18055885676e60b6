import { AwsError } from '../core/aws-error.ts';

/** Takes a page of a list. A marker is the place of the next item; AWS's is opaque too. */
export function paginate<T>(
  items: readonly T[],
  marker: string | undefined,
  limit: number,
): { readonly page: readonly T[]; readonly NextMarker: string | undefined } {
  const start = marker === undefined ? 0 : Number(Buffer.from(marker, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) {
    const message = `Invalid Marker: ${marker}`;
    throw new AwsError('InvalidParameterValueException', message, { Type: 'User' });
  }
  const end = start + limit;
  const NextMarker = end < items.length ? Buffer.from(String(end)).toString('base64') : undefined;
  return { page: items.slice(start, end), NextMarker };
}

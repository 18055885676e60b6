import type { Filter } from '@aws-sdk/client-rds';
import { pageOf } from '../../../core/page-of.ts';
import { invalidParameterValue } from '../rds-errors.ts';

/** The paging parameters that every list action takes. */
export interface PageRequest {
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
}

/**
 * Takes one page of a list.
 * @throws {AwsError} `InvalidParameterValue` for a length out of bounds or a marker not given out.
 */
export function pageOfRecords<T>(
  all: readonly T[],
  { MaxRecords = 100, Marker }: PageRequest,
): { readonly members: readonly T[]; readonly marker: { Marker?: string } } {
  if (MaxRecords < 20 || MaxRecords > 100) {
    throw invalidParameterValue(
      `Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`,
    );
  }
  const refusal = () => invalidParameterValue(`The marker '${Marker}' is not valid`);
  const { members, next } = pageOf(all, MaxRecords, Marker, refusal);
  return { members, marker: next === undefined ? {} : { Marker: next } };
}

/** The values of a thing that a filter compares, by the filter's name. */
export type Filterable<T> = Readonly<Record<string, (thing: T) => readonly string[]>>;

/**
 * Keeps what fits every filter by any of its values.
 * @throws {AwsError} `InvalidParameterValue` for a filter that the action does not know.
 */
export function keepFiltered<T>(
  all: readonly T[],
  filters: readonly Filter[] | undefined,
  known: Filterable<T>,
): readonly T[] {
  const wanted = (filters ?? []).map(({ Name = '', Values = [] }) => {
    const valuesOf = Object.hasOwn(known, Name) ? known[Name] : undefined;
    if (valuesOf === undefined) throw invalidParameterValue(`Unrecognized filter name: ${Name}`);
    if (Values.length === 0) {
      throw invalidParameterValue(`Filter ${Name} must have at least one value`);
    }
    return { valuesOf, values: Values };
  });
  return all.filter((thing) =>
    wanted.every(({ valuesOf, values }) => valuesOf(thing).some((value) => values.includes(value))),
  );
}

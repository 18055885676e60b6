/** A permission that a role must have; the resource is undefined if the call does not name it. */
export interface Permission {
  readonly action: string;
  readonly resource: string | undefined;
}

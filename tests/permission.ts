/** What a role must be allowed; the resource is undefined where the call does not name it. */
export interface Permission {
  readonly action: string;
  readonly resource: string | undefined;
}

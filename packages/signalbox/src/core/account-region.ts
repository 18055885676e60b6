/** The account of resources, and their Region unless they are global. */
export interface AccountRegion {
  readonly accountId: string;
  readonly region: string;
}

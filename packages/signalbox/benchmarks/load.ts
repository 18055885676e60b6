/** Something that there is more and more of, and a call that should not mind. */
export interface Load {
  /** Such as "a message through a queue of". */
  readonly name: string;
  readonly unit: string;
  readonly open: (size: number) => Promise<{
    readonly call: (count: number) => Promise<unknown>;
    readonly close: () => Promise<void>;
  }>;
}

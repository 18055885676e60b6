/** Code that is in no directory of the project. */
export type CodeElsewhere =
  /** `Code.ZipFile`: the text of `index.js` or `index.py`. */
  | { readonly kind: 'inline'; readonly text: string }
  /** A zip or jar file, relative to the project's root. */
  | { readonly kind: 'archive'; readonly file: string }
  /** A container image: `Code.ImageUri`, or the text that says there is none yet. */
  | { readonly kind: 'image'; readonly imageUri: string }
  /** Not on this machine: the reason, such as `its code is s3://bucket/key`, for whoever calls the function. */
  | { readonly kind: 'absent'; readonly reason: string };

/** A layer that a function has. */
export interface LayerUse {
  readonly arn: string;
  /** The layer's content, relative to the project's root; undefined where it is not on this machine. */
  readonly directory: string | undefined;
  /** Such as `python3.12` or `makefile`: `Metadata.BuildMethod` of a layer that is not built yet. */
  readonly buildMethod?: string;
}

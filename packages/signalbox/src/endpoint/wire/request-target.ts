/** What a request asks for, as it was written. */
export interface RequestTarget {
  /** Percent-encoded, with every dot and slash: a key of Amazon S3 may hold `..`. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Reads the target of a request without changing its path. */
export function requestTargetOf({
  url = '/',
}: {
  readonly url?: string | undefined;
}): RequestTarget {
  // A proxy's client writes the origin in front.
  const target = url.replace(/^https?:\/\/[^/?]*/i, '');
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  return { path: path || '/', query: new URLSearchParams(at < 0 ? '' : target.slice(at)) };
}

/** A request of HTTP on its way out. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Whether an answer that leads elsewhere is the response, and nobody goes there. */
  readonly staysHere?: boolean;
}

/** The response of the server. */
export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** Sends a request; rejects when there is no response. */
export type HttpCall = (request: HttpRequest) => Promise<HttpResponse>;

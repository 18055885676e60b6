import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Mount } from '../../endpoint/server.ts';
import { readWhole } from '../../endpoint/wire/read-body.ts';
import { requestTargetOf } from '../../endpoint/wire/request-target.ts';
import { sendResponse } from '../../endpoint/wire/send-response.ts';
import { type Access, createAccess } from './access.ts';
import { answerApi, readBodyText } from './console-api.ts';
import type { ConsoleOptions } from './console-options.ts';
import { openPageAssets, type PageAssets } from './page-assets.ts';
import { pageHtml, securityHeaders } from './page-html.ts';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Makes the console: its pages, and the API that they use. Whoever serves it has checked Host and
 * Origin; the API wants the token of a cookie besides.
 */
export function openConsole(options: ConsoleOptions): Mount {
  const access = createAccess(options.prefix, options.key);
  let assets: Promise<PageAssets> | undefined;
  const pages = () => {
    // A build that failed is tried again at the next visit.
    assets ??= openPageAssets(options.root).catch((error: unknown) => {
      assets = undefined;
      throw error;
    });
    return assets;
  };
  return {
    prefix: options.prefix,
    handle(request, response) {
      respond(request, response, { options, access, pages }).catch((bug: unknown) => {
        options.onBug(bug);
        response.destroy();
      });
    },
  };
}

interface Parts {
  readonly options: ConsoleOptions;
  readonly access: Access;
  readonly pages: () => Promise<PageAssets>;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts,
): Promise<void> {
  const { prefix } = parts.options;
  const { path, query } = requestTargetOf(request);
  const below = path.slice(prefix.length + 1);
  if (below.startsWith('api/')) await respondApi(request, response, parts, below.slice(4), query);
  else if (request.method !== 'GET') refuse(response, 405, 'Only GET is served here');
  else if (below.startsWith('assets/')) await sendAsset(request, response, parts, below.slice(7));
  else await sendPage(request, response, parts, query);
}

async function respondApi(
  request: IncomingMessage,
  response: ServerResponse,
  { options, access }: Parts,
  path: string,
  query: URLSearchParams,
): Promise<void> {
  if (!access.allows(request)) {
    refuse(response, 403, 'Refused: the token of the console is missing; open its page first');
    return;
  }
  const isStream = path.startsWith('live/');
  if (request.method !== (isStream ? 'GET' : 'POST')) {
    refuse(response, 405, `Write ${isStream ? 'GET' : 'POST'}`);
    return;
  }
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  if (!isStream && !isJson) {
    refuse(response, 415, 'Send JSON');
    return;
  }
  const bytes = isStream ? Buffer.alloc(0) : await readWhole(request, MAX_BODY_BYTES);
  if (bytes === undefined) {
    refuse(response, 413, `The body is larger than ${MAX_BODY_BYTES} bytes`);
    return;
  }
  const body = readBodyText(bytes.toString('utf8'));
  const isAnswered = await answerApi(options, { request, response, path, query, body });
  if (!isAnswered) refuse(response, 404, `Nothing is at ${path}`);
}

async function sendAsset(
  request: IncomingMessage,
  response: ServerResponse,
  { pages }: Parts,
  name: string,
): Promise<void> {
  const asset = (await pages()).file(name);
  if (asset === undefined) {
    refuse(response, 404, `There is no file ${name}`);
    return;
  }
  const takesGzip = String(request.headers['accept-encoding']).includes('gzip');
  const headers = {
    'content-type': asset.type,
    // Names hold a hash of what is in them.
    'cache-control': 'max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
  };
  sendResponse(response, 200, headers, takesGzip ? asset.gzipped : asset.body);
}

async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  { options, access, pages }: Parts,
  query: URLSearchParams,
): Promise<void> {
  const cookie = access.cookieFor(request, query);
  if (cookie === undefined) {
    refuse(response, 403, 'Refused: open the link that "signalbox console" printed');
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  const html = pageHtml(await pages(), options, nonce);
  const headers = { ...securityHeaders(nonce), 'set-cookie': cookie };
  sendResponse(response, 200, headers, html);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  sendResponse(response, status, headers, JSON.stringify({ message }));
}

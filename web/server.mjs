// What runs on the web tier: health for the load balancer, a user's orders, and how many orders each user has.
// stacks/web-tier.yaml carries this file to the servers in their user data; a test holds the two against each other.
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';

const {
  ORDERS_API_URL = '',
  REPORTS_API_URL = '',
  AWS_REGION = 'us-east-1',
  PORT = '8080',
} = process.env;
const METADATA = 'http://169.254.169.254/latest';
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
let role; // the credentials of the instance's role, until shortly before they expire
let isLeaving = false;

async function credentials() {
  if (process.env.AWS_ACCESS_KEY_ID)
    return {
      AccessKeyId: process.env.AWS_ACCESS_KEY_ID,
      SecretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
    };
  if (role && Date.parse(role.Expiration) - Date.now() > 300_000) return role;
  const ask = async (path, init) => {
    const answer = await fetch(METADATA + path, { ...init, signal: AbortSignal.timeout(2_000) });
    if (!answer.ok) throw new Error(`Instance metadata answers ${answer.status}`);
    return answer.text();
  };
  const token = await ask('/api/token', {
    method: 'PUT',
    headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '300' },
  });
  const init = { headers: { 'x-aws-ec2-metadata-token': token } };
  const name = await ask('/meta-data/iam/security-credentials/', init);
  role = JSON.parse(await ask(`/meta-data/iam/security-credentials/${name.trim()}`, init));
  return role;
}

// AWS: "Signature Version 4 signing process", for a GET without a body.
async function get(base, path, query = '') {
  if (base === '') return { status: 503, body: { message: 'This server is told of no such API' } };
  const { AccessKeyId, SecretAccessKey, Token } = await credentials();
  const url = new URL(base.replace(/\/$/, '') + path);
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${AWS_REGION}/execute-api/aws4_request`;
  const signed = {
    host: url.host,
    'x-amz-date': time,
    ...(Token && { 'x-amz-security-token': Token }),
  };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed)
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  const request = ['GET', url.pathname, query, lines, names, sha256('')].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n');
  const key = scope.split('/').reduce(hmac, `AWS4${SecretAccessKey}`);
  const signature = hmac(key, text).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${AccessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  url.search = query;
  const { host: _, ...headers } = signed;
  const answer = await fetch(url, {
    headers: { ...headers, authorization },
    signal: AbortSignal.timeout(5_000),
  });
  return { status: answer.status, body: await answer.json() };
}

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const escaped = (value) =>
  String(value ?? '').replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

function page(title, columns, rows, next) {
  const cells = (tag, texts) =>
    `<tr>${texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>
<table>${cells('th', columns)}${rows.map((row) => cells('td', row)).join('')}</table>${next ? `<a href="?nextToken=${encodeURIComponent(next)}">More</a>` : ''}</html>`;
}

async function route(path, query) {
  // Its own state only: where an API is down, replacing this server would help nobody.
  if (path === '/health') {
    if (isLeaving) return [503, { status: 'leaving' }];
    return credentials().then(
      () => [200, { status: 'ok', uptimeSeconds: Math.round(process.uptime()) }],
      (error) => [503, { status: error.message }],
    );
  }
  const token = query.get('nextToken');
  const asked = token === null ? '' : `nextToken=${encodeURIComponent(token)}`;
  const user = /^\/users\/([A-Za-z0-9][A-Za-z0-9_-]{0,63})\/orders$/.exec(path)?.[1];
  if (user !== undefined) {
    const { status, body } = await get(ORDERS_API_URL, `/users/${user}/orders`, asked);
    if (status !== 200) return [status, body];
    const rows = body.orders.map((one) => [
      one.orderId,
      one.placedAt,
      one.status,
      (one.total / 100).toFixed(2),
      one.currency,
    ]);
    return [
      200,
      page(
        `Orders of ${user}`,
        ['Order', 'Placed', 'Status', 'Total', 'Currency'],
        rows,
        body.nextToken,
      ),
    ];
  }
  if (path === '/' || path === '/reports/order-counts') {
    const { status, body } = await get(REPORTS_API_URL, '/reports/order-counts', asked);
    if (status !== 200) return [status, body];
    return [
      200,
      page(
        'Orders by user',
        ['User', 'Orders'],
        body.users.map((one) => [one.name, one.orders]),
        body.nextToken,
      ),
    ];
  }
  return [404, { message: 'Not found' }];
}

async function answer(method, path, query) {
  if (method !== 'GET' && method !== 'HEAD') return [405, { message: 'Only GET' }];
  try {
    return await route(path, query);
  } catch (error) {
    say({ level: 'error', path, message: error.message });
    return [502, { message: 'The page cannot be made now' }];
  }
}

const server = createServer(async ({ method, url }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://web');
  const [status, body] = await answer(method, pathname, searchParams);
  const isPage = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    'cache-control': 'no-store',
  });
  response.end(isPage ? body : JSON.stringify(body));
});
server.listen(Number(PORT), () =>
  say({ level: 'info', message: 'Serving', port: server.address().port }),
);
process.once('SIGTERM', () => {
  isLeaving = true; // the load balancer stops sending, then what is under way ends
  setTimeout(() => server.close(), 15_000);
});

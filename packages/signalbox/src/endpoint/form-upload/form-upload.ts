import { AwsError } from '../../core/aws-error.ts';
import { headerOf, type WireRequest, type WireResponse } from '../wire/wire-message.ts';
import { checkPolicy, type FormFields } from './post-policy.ts';

/** A form that puts an object, as the PutObject that it stands for. */
export interface FormUpload {
  readonly request: WireRequest;
  /** Writes the response to the form out of that of PutObject. */
  answer(response: WireResponse): WireResponse;
}

/** Fields that are headers of PutObject. */
const HEADERS =
  /^(?:cache-control|content-disposition|content-encoding|content-type|expires|x-amz-(?!algorithm|credential|date|signature).*)$/;

/** Says whether a request is the form of a browser. */
export function isForm({ method, headers }: Pick<WireRequest, 'method' | 'headers'>): boolean {
  return method === 'POST' && headers['content-type']?.startsWith('multipart/form-data') === true;
}

/**
 * Reads a form with a signed policy that puts an object into a bucket. As elsewhere, the signature itself is not
 * verified.
 *
 * @param nowMs The client's time: the policy says until when it holds.
 * @throws {AwsError} As Amazon S3 refuses the form.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export async function readFormUpload(form: WireRequest, nowMs: number): Promise<FormUpload> {
  const { fields, file, fileName } = await readForm(form);
  const [, bucket = ''] = form.path.split('/');
  const key = (fields.get('key') ?? '').replaceAll('$' + '{filename}', fileName);
  if (key === '') throw invalid("Bucket POST must contain a field named 'key'.");
  const credential = credentialOf(fields);
  if (credential === undefined || !fields.has('policy')) {
    throw new AwsError('AccessDenied', 'Access Denied');
  }
  checkPolicy(new Map([...fields, ['bucket', bucket], ['key', key]]), file.length, nowMs);
  const headers = [...fields].filter(([name]) => HEADERS.test(name));
  const path = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  return {
    request: {
      ...form,
      ...{ method: 'PUT', path, body: file, query: new URLSearchParams() },
      headers: {
        ...Object.fromEntries(headers),
        authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=form`,
      },
    },
    answer: (response) => answerOf(response, fields, { bucket, key, form }),
  };
}

interface ReadForm {
  readonly fields: FormFields;
  readonly file: Buffer;
  readonly fileName: string;
}

async function readForm({ headers, body }: WireRequest): Promise<ReadForm> {
  const contentType = headerOf({ headers }, 'content-type') ?? '';
  const read = new Response(body, { headers: { 'content-type': contentType } }).formData();
  const form = await read.catch(() => {
    const message = 'The body of your POST request is not well-formed multipart/form-data.';
    throw new AwsError('MalformedPOSTRequest', message);
  });
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    // Some clients name a file for each field.
    if (name !== 'file') {
      fields.set(name.toLowerCase(), typeof value === 'string' ? value : await value.text());
    }
  }
  const file = form.get('file');
  if (file === null) throw invalid('POST requires exactly one file upload per request.');
  if (typeof file === 'string') return { fields, file: Buffer.from(file), fileName: '' };
  return { fields, file: Buffer.from(await file.arrayBuffer()), fileName: file.name };
}

/** The scope of Signature Version 4, or one like it of Version 2. */
function credentialOf(fields: FormFields): string | undefined {
  const old = fields.get('awsaccesskeyid');
  return (
    fields.get('x-amz-credential') ??
    (old === undefined ? undefined : `${old}/20000101/us-east-1/s3/aws4_request`)
  );
}

function answerOf(
  response: WireResponse,
  fields: FormFields,
  { bucket, key, form }: { bucket: string; key: string; form: WireRequest },
): WireResponse {
  if (response.status !== 200) return response;
  const etag = response.headers['etag'] ?? response.headers['ETag'] ?? '';
  const location = `http://${headerOf(form, 'host') ?? ''}/${bucket}/${encodeURIComponent(key)}`;
  const headers = { ...response.headers, location };
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const to = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag })) {
      to.searchParams.set(name, value);
    }
    return { status: 303, headers: { ...headers, location: to.href }, body: '' };
  }
  const status = fields.get('success_action_status');
  if (status !== '201') return { status: status === '200' ? 200 : 204, headers, body: '' };
  const members = { Location: location, Bucket: bucket, Key: key, ETag: etag };
  const xml = Object.entries(members).map(
    ([name, value]) => `<${name}>${escaped(value)}</${name}>`,
  );
  return {
    status: 201,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${xml.join('')}</PostResponse>`,
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidArgument', message);
}

import { AwsError } from '../../core/aws-error.ts';

/** Amazon S3's refusals in its own words. AWS: "Error responses" of the API reference. */

export function noSuchBucket(name: string): AwsError {
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
}

export function noSuchKey(key: string, marker?: Marker): AwsError {
  const message = 'The specified key does not exist.';
  return new AwsError('NoSuchKey', message, { Key: key }, markerHeaders(marker));
}

/** To HEAD, S3 responds without a body, and so without saying what there is not. */
export function notFound(marker?: Marker): AwsError {
  return new AwsError('NotFound', 'Not Found', {}, markerHeaders(marker));
}

/** The newest version of an object, which may be a delete marker. */
interface Marker {
  readonly isDeleteMarker: boolean;
  readonly versionId: string;
}

/** An object that was deleted is not there because of its marker. */
function markerHeaders(marker: Marker | undefined): Readonly<Record<string, string>> {
  if (marker?.isDeleteMarker !== true) return {};
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId };
}

/** To whoever has the object already; without a body, and so with the object's headers alone. */
export function notModified(eTag: string, lastModified: Date): AwsError {
  const headers = { etag: eTag, 'last-modified': lastModified.toUTCString() };
  return new AwsError('NotModified', 'Not Modified', {}, headers);
}

export function noSuchVersion(): AwsError {
  return new AwsError('NoSuchVersion', 'The specified version does not exist.');
}

/** To whoever reads or changes a delete marker. */
export function methodNotAllowed(method: 'GET' | 'PUT'): AwsError {
  return new AwsError(
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
    { Method: method, ResourceType: 'DeleteMarker' },
  );
}

/** To a bucket of another Region; the SDKs follow the header where they are configured to. */
export function permanentRedirect(name: string, region: string): AwsError {
  return new AwsError(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name },
    { 'x-amz-bucket-region': region },
  );
}

export function accessDenied(message = 'Access Denied'): AwsError {
  return new AwsError('AccessDenied', message);
}

export function slowDown(): AwsError {
  return new AwsError('SlowDown', 'Please reduce your request rate.');
}

export function illegalLocationConstraint(place = 'unspecified'): AwsError {
  return new AwsError(
    'IllegalLocationConstraintException',
    `The ${place} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

export function invalidLocationConstraint(place: string): AwsError {
  return new AwsError(
    'InvalidLocationConstraint',
    'The specified location-constraint is not valid',
    { LocationConstraint: place },
  );
}

export function invalidBucketState(message: string): AwsError {
  return new AwsError('InvalidBucketState', message);
}

export function bucketNotEmpty(name: string): AwsError {
  return new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
    BucketName: name,
  });
}

export function bucketAlreadyOwnedByYou(name: string): AwsError {
  return new AwsError(
    'BucketAlreadyOwnedByYou',
    'Your previous request to create the named bucket succeeded and you already own it.',
    { BucketName: name },
  );
}

export function invalidBucketName(name: string): AwsError {
  return new AwsError('InvalidBucketName', 'The specified bucket is not valid.', {
    BucketName: name,
  });
}

/** `argument` names a query parameter or header, where S3 says which. */
export function invalidArgument(message: string, argument?: string, value?: string): AwsError {
  return new AwsError('InvalidArgument', message, {
    ...(argument !== undefined && { ArgumentName: argument }),
    ...(value !== undefined && { ArgumentValue: value }),
  });
}

export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequest', message);
}

export function malformedXml(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

export function noSuchTagSet(): AwsError {
  return new AwsError('NoSuchTagSet', 'The TagSet does not exist');
}

export function noSuchBucketPolicy(): AwsError {
  return new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist');
}

export function noSuchLifecycleConfiguration(): AwsError {
  return new AwsError('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist');
}

export function invalidRange(): AwsError {
  return new AwsError('InvalidRange', 'The requested range is not satisfiable');
}

export function preconditionFailed(condition: string): AwsError {
  return new AwsError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    { Condition: condition },
  );
}

/** AWS's own answer to a header that it knows and whose value it does nothing for. */
export function notImplemented(header: string, info: string): AwsError {
  return new AwsError(
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
    { Header: header, additionalMessage: info },
  );
}

/** Refuses what the rehearsal has not, so that nothing succeeds silently: the caller's mistake, and no failure of S3's. */
export function notRehearsed(what: string): AwsError {
  return invalidRequest(`The rehearsal has no ${what}. Leave it out, or deploy to AWS`);
}

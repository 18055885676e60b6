/** Amazon S3 keeps times to the second, so that a client's If-Modified-Since compares. */
export function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}

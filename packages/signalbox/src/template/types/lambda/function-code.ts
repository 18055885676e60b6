import { posix } from 'node:path';
import { type Node, textOf, valueAt } from '../../document/node.ts';
import type { CodeElsewhere } from '../../function-code.ts';
import type { Reading } from '../resource-type.ts';

/** Where a function's code is. */
export interface FunctionCode {
  /** Relative to the project's root; undefined where the code is in no directory of it. */
  readonly directory: string | undefined;
  readonly code?: CodeElsewhere;
}

/**
 * Reads a function's `Code`: a directory or file of the project, as SAM and `sam build` write it; text in
 * the template; an asset of `cdk synth`; an image. What is not on this machine is absent, and the function
 * can be mocked.
 */
export function readCode(reading: Reading): FunctionCode {
  const { properties, resource } = reading;
  const code = properties.node('Code');
  const isImage = properties.text('PackageType') === 'Image';
  if (isImage || valueAt(code, 'ImageUri') !== undefined) {
    const imageUri = textOf(valueAt(code, 'ImageUri')) ?? `the image of ${resource.logicalId}`;
    return { directory: undefined, code: { kind: 'image', imageUri } };
  }
  if (code === undefined) return absent(reading, 'the template names no code: give it a CodeUri');
  const inline = textOf(valueAt(code, 'ZipFile'));
  if (inline !== undefined) return { directory: undefined, code: { kind: 'inline', text: inline } };
  const key = textOf(valueAt(code, 'S3Key')) ?? textOf(valueAt(code, 'Key'));
  if (key !== undefined) return codeOfKey(reading, code, key);
  const path = textOf(code);
  if (path === undefined) return absent(reading, 'its code is no path');
  if (/^(s3|https?):/.test(path)) return absent(reading, `its code is ${path}`);
  return codeAt(reading, reading.files.relative(path));
}

/** An object of a bucket that is a file here: the asset of `cdk synth`, or what a package left beside the template. */
function codeOfKey(reading: Reading, code: Node, key: string): FunctionCode {
  const asset = reading.files.asset(key);
  if (asset !== undefined) return codeAt(reading, asset);
  const bucket = textOf(valueAt(code, 'S3Bucket')) ?? textOf(valueAt(code, 'Bucket')) ?? 'a bucket';
  return absent(reading, `its code is s3://${bucket}/${key}`);
}

function codeAt(reading: Reading, path: string): FunctionCode {
  const { files } = reading;
  if (files.isDirectory(path)) return { directory: path };
  if (!files.isFile(path)) return absent(reading, `CodeUri ${path} is no directory`);
  if (/\.(zip|jar)$/.test(path)) {
    return { directory: undefined, code: { kind: 'archive', file: path } };
  }
  return { directory: posix.dirname(path) };
}

function absent({ properties, report, resource }: Reading, reason: string): FunctionCode {
  const remark = { kind: 'function', subject: resource.logicalId } as const;
  const message = `${resource.type} ${resource.logicalId}: ${reason}`;
  report.unrehearsed(properties.placeOf('Code'), remark, message);
  return { directory: undefined, code: { kind: 'absent', reason } };
}

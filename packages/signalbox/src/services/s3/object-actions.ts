import type { Action } from '../../core/service.ts';
import { bind } from './bind.ts';
import { deleteObject, deleteObjects } from './delete-objects.ts';
import { abortMultipartUpload, completeMultipartUpload } from './multipart/complete-upload.ts';
import { listMultipartUploads, listParts } from './multipart/list-uploads.ts';
import { createMultipartUpload, uploadPart, uploadPartCopy } from './multipart/upload-parts.ts';
import type { ObjectContext } from './object-context.ts';
import { getObjectLegalHold, putObjectLegalHold } from './object-lock/legal-hold.ts';
import { getObjectRetention, putObjectRetention } from './object-lock/retention.ts';
import { copyObject, putObject } from './put-object.ts';
import {
  deleteObjectTagging,
  getObject,
  getObjectTagging,
  headObject,
  putObjectTagging,
} from './read-object.ts';

/** The actions on objects, by their names in the API. */
export function objectActions(context: ObjectContext): Record<string, Action> {
  return {
    AbortMultipartUpload: bind(context, abortMultipartUpload),
    CompleteMultipartUpload: bind(context, completeMultipartUpload),
    CopyObject: bind(context, copyObject),
    CreateMultipartUpload: bind(context, createMultipartUpload),
    DeleteObject: bind(context, deleteObject),
    DeleteObjects: bind(context, deleteObjects),
    DeleteObjectTagging: bind(context, deleteObjectTagging),
    GetObject: bind(context, getObject),
    GetObjectLegalHold: bind(context, getObjectLegalHold),
    GetObjectRetention: bind(context, getObjectRetention),
    GetObjectTagging: bind(context, getObjectTagging),
    HeadObject: bind(context, headObject),
    ListMultipartUploads: bind(context, listMultipartUploads),
    ListParts: bind(context, listParts),
    PutObject: bind(context, putObject),
    PutObjectLegalHold: bind(context, putObjectLegalHold),
    PutObjectRetention: bind(context, putObjectRetention),
    PutObjectTagging: bind(context, putObjectTagging),
    UploadPart: bind(context, uploadPart),
    UploadPartCopy: bind(context, uploadPartCopy),
  };
}

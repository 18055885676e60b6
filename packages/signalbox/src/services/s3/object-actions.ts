import type { Action } from '../../core/service.ts';
import { bind } from './bind.ts';
import { deleteObject, deleteObjects } from './delete-objects.ts';
import type { ObjectContext } from './object-context.ts';
import { copyObject, putObject } from './put-object.ts';
import { getObject, getObjectTagging, headObject, putObjectTagging } from './read-object.ts';

/** The actions on objects, by their names in the API. */
export function objectActions(context: ObjectContext): Record<string, Action> {
  return {
    CopyObject: bind(context, copyObject),
    DeleteObject: bind(context, deleteObject),
    DeleteObjects: bind(context, deleteObjects),
    GetObject: bind(context, getObject),
    GetObjectTagging: bind(context, getObjectTagging),
    HeadObject: bind(context, headObject),
    PutObject: bind(context, putObject),
    PutObjectTagging: bind(context, putObjectTagging),
  };
}

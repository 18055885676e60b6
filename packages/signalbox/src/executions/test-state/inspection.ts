import type { InspectionData, InspectionErrorDetails } from '@aws-sdk/client-sfn';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';

/** The notes of a test of a state; JSON values, where the API has their texts. */
export interface Inspection {
  readonly input: Json;
  afterInputPath?: Json;
  afterArguments?: Json;
  afterParameters?: Json;
  afterItemsPath?: Json;
  afterItemsPointer?: Json;
  afterItemSelector?: Json;
  afterItemBatcher?: Json;
  maxConcurrency?: number;
  toleratedFailureCount?: number;
  toleratedFailurePercentage?: number;
  result?: Json;
  afterResultSelector?: Json;
  afterResultPath?: Json;
  variables?: Json;
  errorDetails?: InspectionErrorDetails;
}

/** Writes the notes as TestState returns them. */
export function inspectionData(inspection: Inspection): InspectionData {
  const {
    maxConcurrency,
    toleratedFailureCount,
    toleratedFailurePercentage,
    errorDetails,
    ...values
  } = inspection;
  const texts: [string, string][] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) texts.push([name, jsonText(value)]);
  }
  return {
    ...Object.fromEntries(texts),
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    ...(toleratedFailureCount === undefined ? {} : { toleratedFailureCount }),
    ...(toleratedFailurePercentage === undefined ? {} : { toleratedFailurePercentage }),
    ...(errorDetails === undefined ? {} : { errorDetails }),
  };
}

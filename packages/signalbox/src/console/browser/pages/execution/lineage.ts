import { repeatedArn } from '../../../fork/fork-machine.ts';
import { repeatedBy } from '../../../fork/repeat-name.ts';
import { hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { readJson } from '../../parts/format.ts';
import type { Described } from './use-execution.ts';

/** Where an execution came from, as far as its input or name tells. */
export interface Origin {
  readonly label: string;
  readonly text: string;
  readonly href: string | undefined;
}

/** Tells what started an execution: another one that it was forked of, a Map Run, or an event. */
export function originOf({
  name = '',
  input,
  executionArn = '',
  mapRunArn,
}: Described): Origin | undefined {
  const repeated = repeatedBy(name);
  if (repeated !== undefined) {
    const { kind, name: original, isCut } = repeated;
    const label = kind === 'fork' ? t('Forked from') : t('Run again from');
    if (isCut) return { label, text: `${original}…`, href: undefined };
    return {
      label,
      text: original,
      href: hrefOf(`/executions/${repeatedArn(executionArn, original)}`),
    };
  }
  if (mapRunArn !== undefined) return { label: t('Map Run'), text: mapRunArn, href: undefined };
  const value = readJson(input);
  if (typeof value !== 'object' || value === null) return undefined;
  if ('AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID' in value) {
    const parent = String(value['AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID']);
    return {
      label: t('Parent execution'),
      text: parent.split(':').at(-1) ?? parent,
      href: hrefOf(`/executions/${parent}`),
    };
  }
  if (!('detail-type' in value && 'id' in value)) return undefined;
  const text = `${String(value['detail-type'])} ${String(value['id'])}`;
  return {
    label: t('Started by event'),
    text,
    href: hrefOf('/events', { event: String(value['id']) }),
  };
}

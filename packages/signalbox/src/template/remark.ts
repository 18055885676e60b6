/** One thing of a template that the rehearsal does not know or do, and loads nevertheless. */
export interface Remark {
  readonly kind: RemarkKind;
  /** What is counted, such as `AWS::Cognito::UserPool` or `Layers of AWS::Lambda::Function`. */
  readonly subject: string;
  /** The whole sentence, for whoever asks for every one. */
  readonly message: string;
  readonly place: { readonly file: string; readonly line: number };
}

/** Remarks of one kind are one line at the start. */
export type RemarkKind = 'type' | 'property' | 'value' | 'policy' | 'function' | 'source';

/** What the line of each kind begins and ends with. */
const LINES: Readonly<Record<RemarkKind, readonly [begin: string, end: string]>> = {
  type: ['Not rehearsed', 'they have names and attributes, and calls to them fail by name'],
  property: ['Without effect here', ''],
  value: ['Values made up', 'give parameters with --parameter-overrides'],
  policy: ['Permissions not known by content', ''],
  function: ['Functions without code here', 'mock them with --mocks, or build them'],
  source: ['Event sources not rehearsed', ''],
};

/** As many subjects as a line names. */
const SHOWN = 8;

/**
 * Writes remarks as one line a kind, so that all of a template's fit on one screen.
 * @param remarks All remarks of a template.
 * @param isVerbose Whether each gets a line of its own, with its place.
 * @returns The lines, in the order of the kinds.
 * @example
 * remarkLines(app.remarks, false); // ['Not rehearsed: AWS::Cognito::UserPool (2): they have …']
 */
export function remarkLines(remarks: readonly Remark[], isVerbose: boolean): readonly string[] {
  if (isVerbose) {
    return remarks.map(({ place, message }) => `${place.file}:${place.line}: ${message}`);
  }
  return Object.entries(LINES).flatMap(([kind, [begin, end]]) => {
    const counts = countsOf(remarks.filter((remark) => remark.kind === kind));
    if (counts.length === 0) return [];
    const rest = counts.length - SHOWN;
    const named = [...counts.slice(0, SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
    return [`${begin}: ${named}${end === '' ? '' : `: ${end}`}`];
  });
}

/** Each subject once, the commonest first, with how often it stands there. */
function countsOf(remarks: readonly Remark[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { subject } of remarks) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([subject, count]) => (count === 1 ? subject : `${subject} (${count})`));
}

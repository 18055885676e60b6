/** A text of the page's own, which has its translation; with values in the places of `{name}` where it has any. */
export type PageText =
  | string
  | { readonly text: string; readonly values: Readonly<Record<string, string>> };

/** What a page of a plug-in shows; the console draws it. Texts are never markup. */
export interface PageContent {
  /** The heading; the page's own title unless given. */
  readonly title?: string;
  readonly description?: string;
  /** What may be chosen, each kept in the URL under its name. */
  readonly choices?: readonly PageChoice[];
  readonly buttons?: readonly PageButton[];
  readonly sections: readonly PageSection[];
}

/** A choice of one of a few; the first option where nothing is chosen. */
export interface PageChoice {
  readonly name: string;
  readonly label: string;
  readonly options: readonly string[];
}

/** A part of a page, one under the other. */
export type PageSection =
  | NoteSection
  | FactsSection
  | TableSection
  | TimelineSection
  | JsonSection
  | DifferenceSection
  | TextSection;

/** A sentence that stands out. */
export interface NoteSection {
  readonly kind: 'note';
  readonly level: 'info' | 'success' | 'warning' | 'error';
  readonly text: PageText;
}

/** Names with their values. */
export interface FactsSection {
  readonly kind: 'facts';
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: PageCell }[];
}

/** Rows with as many cells as there are columns. A search and pages come where there are many. */
export interface TableSection {
  readonly kind: 'table';
  readonly title: PageText;
  readonly columns: readonly string[];
  readonly rows: readonly PageRow[];
  /** What stands in the place of no rows. */
  readonly empty: string;
}

/** A row of a table, with what may be done to it. */
export interface PageRow {
  readonly cells: readonly PageCell[];
  readonly buttons?: readonly PageButton[];
}

/** A text, with a state that is shown by icon and colour, or a link to another page of the console. */
export type PageCell = string | StyledCell;

/** A text with a state or a link. */
export interface StyledCell {
  readonly text: string;
  readonly state?: 'success' | 'error' | 'warning' | 'pending' | 'in-progress' | 'stopped' | 'info';
  /** Whether the text is the page's own, which has its translation; data is shown as it is. */
  readonly isWord?: true;
  /** A path in the console, such as `/executions/arn:…`; no other place can be linked. */
  readonly path?: string;
  /** How much of the largest of its column it is, from 0 to 1: a bar behind the text. */
  readonly share?: number;
}

/** Bars and marks on one axis of time, with limits to hold. */
export interface TimelineSection {
  readonly kind: 'timeline';
  readonly title: string;
  readonly bars: readonly TimelineBar[];
  /** Instants that count, such as a switch; Unix milliseconds. */
  readonly marks: readonly { readonly label: string; readonly atMs: number }[];
  /** Instants that should not be passed, such as an objective's. */
  readonly limits: readonly { readonly label: string; readonly atMs: number }[];
}

/** Something that takes time: without an end, it goes on. */
export interface TimelineBar {
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number | undefined;
  readonly state: 'success' | 'error' | 'warning' | 'in-progress';
  readonly detail?: string;
}

/** A JSON text. */
export interface JsonSection {
  readonly kind: 'json';
  readonly title: PageText;
  readonly text: string;
}

/** The difference between two JSON texts. */
export interface DifferenceSection {
  readonly kind: 'difference';
  readonly title: string;
  readonly description?: string;
  readonly before: string;
  readonly after: string;
}

/** Lines as they are, such as a report in Markdown. */
export interface TextSection {
  readonly kind: 'text';
  readonly title: string;
  readonly text: string;
}

/** A button that asks, and then does an action of the page with `values` and what the fields say. */
export interface PageButton {
  /** The name of the action in the page. */
  readonly action: string;
  readonly label: PageText;
  /** What it is about, in the dialog. */
  readonly question: PageText;
  readonly values: Readonly<Record<string, string>>;
  readonly fields?: readonly PageField[];
  /** The equal lines for a terminal; `{name}` stands for a field, quoted for a shell. */
  readonly commands: readonly string[];
}

/** A field of a dialog. */
export interface PageField {
  readonly name: string;
  readonly label: string;
  /** What may stand in it. */
  readonly description?: PageText;
  readonly kind: 'text' | 'json' | 'choice';
  /** Of a choice; the first is chosen. */
  readonly options?: readonly string[];
  readonly value?: string;
}

/** What came of an action. */
export interface PageOutcome {
  readonly isDone: boolean;
  /** One sentence. */
  readonly text: PageText;
}

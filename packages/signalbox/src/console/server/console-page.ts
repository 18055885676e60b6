import type { StackPlace } from '../../core/stack-place.ts';
import type { PageButton, PageContent, PageOutcome } from './page-content.ts';

/**
 * A page that a plug-in adds to the console. It says what is to be seen and done; the console draws it,
 * so that it looks, and is used, as the pages beside it. It runs where the console is served: in a
 * rehearsal, or with a person's rights in an account.
 */
export interface ConsolePage {
  /** The name in the navigation. */
  readonly title: string;
  /** The first part of the page's path, such as `failovers`. */
  readonly path: string;
  /** Reads what the page shows, when it is opened and whenever something has changed. */
  read(asked: AskedPage): Promise<PageContent>;
  /** What its buttons do, by the names of the actions. */
  readonly actions?: Readonly<Record<string, PageAction>>;
  /** Offers what can be done where an execution waits for somebody; nothing where it is not the page's. */
  buttonsAt?(step: WaitingStep): readonly PageButton[];
  /** The page's fixed texts (titles, columns, labels, questions) in Korean, by their English. */
  readonly korean?: Readonly<Record<string, string>>;
}

/** What is asked of a page. */
export interface AskedPage {
  readonly stack: StackPlace;
  /** What follows the page's own path, such as a failover's id; empty for the page itself. */
  readonly name: string;
  /** The query of the URL. */
  readonly query: Readonly<Record<string, string>>;
  /** The time of the rehearsal, or of the account. */
  readonly now: Date;
}

/** An action of a page; what it rejects with is shown. */
export type PageAction = (given: {
  readonly stack: StackPlace;
  readonly now: Date;
  readonly values: Readonly<Record<string, string>>;
}) => Promise<PageOutcome>;

/** A step that waits for whoever has its task token. */
export interface WaitingStep {
  readonly executionArn: string;
  readonly stateName: string;
  /** JSON text of what the task was given. */
  readonly parameters: string;
}

import type { ConsoleCall } from '../console-options.ts';

/** One action of AWS whose list comes in pages. */
export interface PagedCall {
  readonly service: string;
  readonly action: string;
  readonly input?: object;
  /** The member that a page's token comes in, and the one that the next call takes it in. */
  readonly token: readonly [string, string];
  /** The most pages that are read. */
  readonly most?: number;
}

/** Reads the pages of a list, one after the other. */
export async function pagesOf<Page extends object>(
  call: ConsoleCall,
  { service, action, input = {}, token: [from, into], most = 50 }: PagedCall,
): Promise<readonly Partial<Page>[]> {
  const pages: Partial<Page>[] = [];
  let next: unknown;
  do {
    const given = next === undefined ? input : { ...input, [into]: next };
    const page: Partial<Page> = await call(service, action, given);
    pages.push(page);
    next = Reflect.get(page, from);
  } while (next !== undefined && next !== null && pages.length < most);
  return pages;
}

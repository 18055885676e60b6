/**
 * Reads a list of AWS's to its end, page by page.
 *
 * @param read Reads the page after a token; undefined for the first.
 * @param of Finds the items of a page, and the token of the next.
 * @returns The items of all pages.
 */
export async function allPages<P, T>(
  read: (token: string | undefined) => Promise<P>,
  of: (page: P) => { readonly items: readonly T[] | undefined; readonly next: string | undefined },
): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items = [], next } = of(await read(token));
    all.push(...items);
    token = next;
  } while (token !== undefined);
  return all;
}

/** Writes an instant of ISO 8601 as people read it, in UTC: `2026-02-12 10:00:00`; nothing for none. */
export function timeCell(at: string | null | undefined): string {
  return at === null || at === undefined || at === ''
    ? ''
    : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

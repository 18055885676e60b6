/** Why the step of a database is not skipped. */
export const NEEDS_A_WRITER =
  'What comes after it needs a database that takes writes here. Stop the run, and ask anew without the wave (--skip), which whoever approves reads';

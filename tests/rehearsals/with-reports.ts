/** Parameters with which a rehearsal has every function: the reports are off by default, and need a database. */
export const WITH_REPORTS = {
  DeployNetwork: 'true',
  DeployDataTier: 'true',
  DeployCache: 'false',
  DeployReports: 'true',
} as const;

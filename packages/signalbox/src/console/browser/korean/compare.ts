/** Two executions compared, in Korean. */
export const COMPARE = {
  Path: '경로',
  'Input differs': '입력이 다름',
  yes: '예',
} as const;

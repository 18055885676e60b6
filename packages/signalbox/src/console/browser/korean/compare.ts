/** Two executions compared, in Korean. */
export const COMPARE: Readonly<Record<string, string>> = {
  Path: '경로',
  'Input differs': '입력이 다름',
};

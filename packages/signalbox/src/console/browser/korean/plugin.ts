/** Pages that are described, in Korean. */
export const PLUGIN = {
  'Nothing has happened yet': '아직 아무 일도 없습니다',
  Actions: '작업',
  'Find in the rows': '행에서 찾기',
} as const;

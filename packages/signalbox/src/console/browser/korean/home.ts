/** Home, in Korean. */
export const HOME = {
  'Map of the platform': '플랫폼 지도',
  Platform: '플랫폼',
  Map: '지도',
  'All that failed': '실패한 모든 실행',
  'Failed last': '최근 실패',
  'Nothing failed.': '실패한 실행이 없습니다.',
  '{all} executions, {running} running, {failed} failed':
    '실행 {all}개, 실행 중 {running}개, 실패 {failed}개',
  bus: '버스',
  rule: '규칙',
  workflow: '워크플로',
  function: '함수',
  table: '테이블',
  queue: '대기열',
  topic: '주제',
} as const;

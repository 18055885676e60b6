/** Workflows, in Korean. */
export const WORKFLOWS: Readonly<Record<string, string>> = {
  '{count} executions': '실행 {count}개',
  'Edit the text to see what would change; nothing is saved.':
    '텍스트를 고쳐 무엇이 달라지는지 보세요. 저장되지 않습니다.',
  'There is nothing to draw yet.': '아직 그릴 것이 없습니다.',
  'Of the last {count} executions': '최근 실행 {count}개 기준',
  States: '상태',
  'Reading their histories': '기록을 읽는 중',
  'Statistics of the states': '상태별 통계',
  'No executions yet': '아직 실행이 없습니다',
  Visits: '방문',
  'Failure rate': '실패율',
  Express: 'Express',
  Standard: 'Standard',
};

/** Executions, in Korean. */
export const EXECUTIONS: Readonly<Record<string, string>> = {
  Names: '이름',
  'Error or cause': '오류 또는 원인',
  Errors: '오류',
  Inputs: '입력',
  Outputs: '출력',
  'Started by (event, execution, map-run, call)': '시작 원인 (event, execution, map-run, call)',
  Triggers: '시작 원인',
  'Started (ISO 8601)': '시작 시각 (ISO 8601)',
  Times: '시각',
  'Duration (seconds)': '소요 시간 (초)',
  Durations: '소요 시간',
  'Filter by workflow, name, duration, start, input, output, error, trigger or text':
    '워크플로, 이름, 소요 시간, 시작, 입력, 출력, 오류, 시작 원인 또는 텍스트로 필터링',
  'Filter executions': '실행 필터링',
  '{count} executions looked into': '실행 {count}개를 살펴봄',
  'Selected executions': '선택한 실행',
  'Select all of this page': '이 페이지 모두 선택',
  'Next page': '다음 페이지',
  'Previous page': '이전 페이지',
  'Page {number}': '{number}페이지',
};

/** Executions, in Korean. */
export const EXECUTIONS = {
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
  'Stop {count} executions?': '실행 {count}개를 중지할까요?',
  'Redrive {count} executions?': '실행 {count}개를 재구동할까요?',
  'Run {count} executions again?': '실행 {count}개를 다시 시작할까요?',
  'Each is a new execution with the input that it had.':
    '각각 그때의 입력으로 새 실행이 시작됩니다.',
  'and {count} more': '외 {count}개',
  '{count} others stay as they are: it does not fit their status.':
    '나머지 {count}개는 상태가 맞지 않아 그대로 둡니다.',
  'Done with {count}': '{count}개 완료',
  'Done with {count}, refused for {refused}.': '{count}개 완료, {refused}개 거부됨.',
  Export: '내보내기',
  'Export {count} executions': '실행 {count}개 내보내기',
  'One JSON file with what DescribeExecution and GetExecutionHistory return for each, inputs and outputs included.':
    '각 실행에 대해 DescribeExecution과 GetExecutionHistory가 반환하는 내용을 입력과 출력까지 담은 JSON 파일 하나입니다.',
  '{read} of {count} read': '{count}개 중 {read}개 읽음',
  '{count} executions are in {file}': '실행 {count}개가 {file}에 있습니다',
  'Next page': '다음 페이지',
  'Previous page': '이전 페이지',
  'Page {number}': '{number}페이지',
} as const;

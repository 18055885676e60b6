/** Functions, in Korean. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  'Invoke {name}': '{name} 호출',
  Invoke: '호출',
  'Invoke…': '호출…',
  Payload: '페이로드',
  Returned: '반환값',
  'Find by name': '이름으로 찾기',
  'Find functions': '함수 찾기',
  'Selected function': '선택한 함수',
  Runtime: '런타임',
  Memory: '메모리',
  Timeout: '제한 시간',
  Handler: '핸들러',
  Role: '역할',
  Environment: '환경 변수',
  'It wrote nothing.': '기록한 로그가 없습니다.',
};

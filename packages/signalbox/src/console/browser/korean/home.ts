/** Home, in Korean. */
export const HOME: Readonly<Record<string, string>> = {
  'Map of the platform': '플랫폼 지도',
  Platform: '플랫폼',
  Map: '지도',
  'All that failed': '실패한 모든 실행',
  'Failed last': '최근 실패',
  'Nothing failed.': '실패한 실행이 없습니다.',
};

/** Metrics and alarms, in Korean. */
export const METRICS = {
  Namespace: '네임스페이스',
  Metrics: '지표',
  'No metrics yet.': '아직 지표가 없습니다.',
  Alarms: '경보',
  'No alarms': '경보가 없습니다',
  'In alarm': '경보 상태',
  'Insufficient data': '데이터 부족',
  Metric: '지표',
  'Metric math': '지표 수식',
  Reason: '이유',
  all: '전체',
} as const;

/** The faults of simulated resources, and what they may be aimed at, in Korean. */
export const FAULTS = {
  'Lets the writer of a cluster fail, and no failover come by itself':
    '클러스터의 라이터가 실패하고 자동 장애 조치도 일어나지 않습니다',
  'Lets the reader fail that a failover would promote, or another instance that is named':
    '장애 조치가 승격할 리더 또는 지정한 다른 인스턴스가 실패합니다',
  'Lets all readers of a cluster fail': '클러스터의 모든 리더가 실패합니다',
  'Keeps a cluster modifying, so that it takes no changes':
    '클러스터가 계속 수정 중이어서 변경을 받지 않습니다',
  'Lets failovers and switchovers begin and never end':
    '장애 조치와 전환이 시작되지만 끝나지 않습니다',
  'Throttles the next calls that ask for a failover or switchover':
    '장애 조치나 전환을 요청하는 다음 호출을 제한합니다',
  'Lets the lag of a cluster, or of the secondaries of a global cluster, grow by a second a second':
    '클러스터 또는 글로벌 클러스터 보조의 지연이 1초마다 1초씩 늘어납니다',
  'Takes all databases of a Region down, and the API with them':
    '리전의 모든 데이터베이스와 API가 중단됩니다',
  'Amazon EC2 has no capacity for new instances of a group':
    'Amazon EC2에 그룹의 새 인스턴스를 위한 용량이 없습니다',
  'Somebody has suspended the process Launch of a group':
    '누군가 그룹의 Launch 프로세스를 일시 중단했습니다',
  'All instances of a group that serve now fail their health checks':
    '지금 서비스 중인 그룹의 모든 인스턴스가 상태 확인에 실패합니다',
  'New instances of a group take 10 minutes to come into service':
    '그룹의 새 인스턴스가 서비스되기까지 10분이 걸립니다',
  'The next calls of Auto Scaling are refused by Throttling and ResourceContention':
    'Auto Scaling의 다음 호출이 Throttling과 ResourceContention으로 거부됩니다',
  'All instances of a Region are gone, and its Auto Scaling returns 503':
    '리전의 모든 인스턴스가 사라지고 Auto Scaling이 503을 반환합니다',
  'A regional endpoint of the routing controls does not respond':
    '라우팅 제어의 리전 엔드포인트가 응답하지 않습니다',
  'AWS Health reports an operational issue of a service':
    'AWS Health가 서비스의 운영 문제를 알립니다',
  'refuses requests to Cost Explorer with LimitExceededException':
    'Cost Explorer 요청을 LimitExceededException으로 거부합니다',
  'returns DataUnavailableException, as in the first day of Cost Explorer':
    'Cost Explorer를 켠 첫날처럼 DataUnavailableException을 반환합니다',
  "Denies every action in a bucket, as the bucket's own policy may":
    '버킷 정책이 그럴 수 있듯이 버킷의 모든 작업을 거부합니다',
  'Lists a bucket that is not there, as one deleted between a list and a read':
    '목록을 얻고 읽는 사이에 삭제된 것처럼, 없는 버킷을 목록에 넣습니다',
  'Refuses calls to a bucket with SlowDown; every second call to S3 where no bucket is named':
    '버킷에 대한 호출을 SlowDown으로 거부합니다. 버킷을 지정하지 않으면 S3 호출을 두 번에 한 번 거부합니다',
  'Stops the trail, so that EventBridge hears of no API call':
    '추적을 중지하여 EventBridge에 API 호출이 전달되지 않습니다',
  'Every change of Route 53 fails: its control plane is in us-east-1':
    '컨트롤 플레인이 us-east-1에 있어 Route 53의 모든 변경이 실패합니다',
  'The checkers of one health check fail, whatever they look at':
    '무엇을 확인하든 한 상태 확인의 검사기가 실패합니다',
  'Takes DynamoDB down in a Region: its API returns 503, and no write gets in or out':
    '리전의 DynamoDB가 중단됩니다. API가 503을 반환하고 쓰기가 드나들지 못합니다',
  'Pauses the replication of tables to and from a Region, where everybody goes on':
    '모두가 계속 일하는 가운데 리전을 드나드는 테이블 복제를 멈춥니다',
  'An event source mapping that is turned on or off never gets through':
    '켜거나 끈 이벤트 소스 매핑이 끝내 전환되지 않습니다',
  "a cluster's identifier or ARN, by default the first of the file of simulated resources":
    '클러스터의 식별자 또는 ARN. 기본값은 시뮬레이션 리소스 파일의 첫 번째',
  "an instance's identifier or ARN, or a cluster's, by default the first cluster of the file":
    '인스턴스나 클러스터의 식별자 또는 ARN. 기본값은 파일의 첫 번째 클러스터',
  "a cluster's or global cluster's identifier or ARN, by default the first cluster of the file of simulated resources":
    '클러스터나 글로벌 클러스터의 식별자 또는 ARN. 기본값은 시뮬레이션 리소스 파일의 첫 번째 클러스터',
  'how many calls, by default 5': '호출 수. 기본값 5',
  "a Region, by default that of the first global cluster's primary":
    '리전. 기본값은 첫 번째 글로벌 클러스터의 기본 리전',
  'a group such as web-tier or us-west-2/web-tier, or a Region; all groups of the own Region by default':
    'web-tier나 us-west-2/web-tier 같은 그룹 또는 리전. 기본값은 이 리전의 모든 그룹',
  'how many calls, 3 by default': '호출 수. 기본값 3',
  'a Region, the peer Region by default': '리전. 기본값은 상대 리전',
  'a Region of the five endpoints, or all; the own Region by default':
    '다섯 엔드포인트 중 한 리전 또는 all. 기본값은 이 리전',
  'a service such as RDS, which is the default': 'RDS 같은 서비스. 기본값 RDS',
  'how many requests, such as 3; all of them by default': '3과 같은 요청 수. 기본값은 모든 요청',
  'the name of a bucket': '버킷 이름',
  'a health check by its ID or caller reference; the first that is not inverted by default':
    '상태 확인의 ID 또는 호출자 참조. 기본값은 반전되지 않은 첫 번째',
  'a Region, by default that of the first global table':
    '리전. 기본값은 첫 번째 글로벌 테이블의 리전',
  'the UUID of a seeded mapping; all of them by default': '시드된 매핑의 UUID. 기본값은 모두',
} as const;

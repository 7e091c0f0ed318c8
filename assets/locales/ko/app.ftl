# 앱에 나오는 모든 말. 옆의 영어 파일과 메시지와 인자가 같다.

app-name = 끊긴 다리
page-title = { $scenario } · 끊긴 다리

# 머리글
menu-scenarios = 시나리오
menu-open = 파일 열기…
language-other = English
language-switch = 영어로 바꾸기
theme-auto = 색상: 시스템 설정
theme-light = 색상: 밝게
theme-dark = 색상: 어둡게
help = 단축키와 기호
close = 닫기

# 수치
figures = 수치
figure-users = 영향받는 사용자
figure-of = 전체 { $n }명
figure-services = 서비스
figure-tally = 정상 { $up } · 중단 { $down }
figure-partly = 정상 중 { $n }개는 일부만
figure-all-serve = { $n }개 모두 정상
figure-hands = 투입 인력
figure-hands-of = { $all }명 중 { $busy }명
figure-hands-free = 아직 호출 전
figure-user-minutes = 손실 사용자·분
figure-rate = 분당 +{ $n }분
figure-no-rate = 늘지 않음
figure-money = 누적 손실액
figure-money-note = 매출 손실, 보상 등
figure-back = { $name } 복구
figure-objective = 목표 { $time }
figure-whole = 100% { $time }
figure-drained = 밀린 일 처리 완료 { $time }
figure-no-objective = 목표 없음
figure-data-lost = 데이터 영구 손실
figure-writes-lost = 쓰기 { $time } 유실
figure-writes-met = 쓰기 { $time } 유실, RPO 준수
figure-writes-missed = 쓰기 { $time } 유실, RPO 미달
figure-all-back = 전체 복구
figure-all-back-note = 모든 서비스 정상화
never-in-run = { $time } 안에 복구 안 됨
not-lost = 중단 없음
tip-users = 지금 쓰려다가 조금이라도 장애를 겪는 사용자 수입니다.
tip-services = 정상: 요청을 전부 또는 일부 처리합니다. 중단: 하나도 처리하지 못합니다.
tip-hands = 지금 재기동, 점검, 우회 작업을 하는 사람 수입니다.
tip-user-minutes = 영향받은 사용자 수에 지속 시간(분)을 곱해 재생 위치까지 더한 값입니다.
tip-money = 처리하지 못한 몫과 떠난 사용자만큼의 매출 손실, 보상금, 위약금, 작업 인건비, 고정 손실을 재생 위치까지 더한 값입니다.
tip-back = 이 실행에서 서비스를 다시 쓸 수 있게 되는 시각과, 요청을 모두 처리하게 되는 시각입니다.
tip-all-back = 이 실행에서 모든 서비스가 요청을 다시 모두 처리하게 되는 시각입니다.

# 조직의 대응 단계
phase-normal = 이상 없음
phase-unnoticed = 서비스는 아직 정상
phase-undetected = 감지 전
phase-deciding = 판단 중
phase-switching = 전환 중
phase-waiting = 복구 대기 중
phase-restarting = 재기동 중

# 데이터센터
sites = 데이터센터
operator-own = 자체 건물
operator-colocation = 코로케이션
operator-managed = 위탁 운영
site-servers = { $n ->
   *[other] 서버 { $n }대
}
badge-up = 정상
badge-standby = 대기
badge-carrying = 대신 서비스 중
badge-taking-over = 장애 조치 중
badge-fire = 화재
badge-water = 전원 차단 · 물로 진화 중
badge-water-part = 물로 진화 중
badge-barred = 전원 없음 · 출입 통제
badge-barred-part = 출입 통제
badge-no-power = 전원 없음
badge-part-power = 일부 전원 없음
badge-recovering = 복구 중
zone-panel = { $hall } · { $panels }
street-level = 지상
feeds-count = { $n ->
   *[other] { $n }회선
}
kind-generators = 발전기 { $key }
kind-panel = 배전반 { $key }
kind-ups = UPS { $key }
kind-utility = 상용 전원 { $key }
kind-chillers = 냉동기 { $key }
feed-utility = 상용 전원
feed-cut = 상용 전원 · { $at }에 지시로 차단
feed-lost = 상용 전원 · { $at }부터 정전
feed-battery = { $at }부터 배터리로 공급
feed-on-generators = { $at }부터 발전기로 공급
room-ok = 이상 없음
room-burning = 화재
room-burnt = 소실
room-damaged = 진화됨
room-warm = 과열 주의: 성능 제한
room-hot = 과열: 서버 차단
room-smoky = 연기 유입
room-flooded = 침수
room-dark = 전원 없음
room-out = { $at }에 진화
element-live = 통전
element-on-battery = 배터리 공급
element-bypass = 과부하로 바이패스 운전
element-ready = 대기
element-dead = 전원 없음
element-tripped = 차단기 개방
element-cut = 지시로 차단
element-destroyed = 파손
element-repair = 점검 중
element-failed = 기동 실패
pool-up = 서비스 중
pool-standby = 대기
pool-promoting = 승격 중
pool-routing = 사용자 경로 전환 중
pool-no-power = 전원 없음
pool-wait-access = 출입 불가
pool-wait-boot = 선행 서비스 대기
pool-wait-hands = 인력 대기
pool-restarting = 재기동 중
pool-checking = 데이터 점검 중
pool-destroyed = 소실
pool-off = 꺼져 있음
pool-provisioning = 서버 설치 중
pool-stored = 데이터 보관 중
pool-wait-parts = 교체 장비 대기
pool-wait-data = 데이터 대기
pool-restoring = 데이터 복원 중
service-up = 정상
service-degraded = 일부 정상
service-down = 중단
service-waiting = 복구 대기
service-restarting = 재기동 중
service-no-power = 전원 없음
service-lost = 데이터 유실
role-active = 활성 서버
role-standby = 대기 서버
role-pilot = 파일럿 서버
role-cold = 콜드 대기 서버
role-backup = 백업

# 화면 낭독용
label-room = { $site } { $name }: { $state }
label-element = { $site } { $name }: { $state }
label-pool = { $site }의 { $name } { $role }: { $state }, 서버 { $up } 가동
label-service = { $name }: { $state }, 처리율 { $share }, { $since }부터
label-site = { $name }: { $badge }
label-drop-fire = { $at }에 { $name }에 불 내기
label-drop-trip = { $at }에 { $name } 차단
label-drop-crash = { $at }에 { $name } 다운

# 의존 관계
dependencies = 의존 관계
legend-needs = 필수
legend-wants = 선택
legend-to-start = 기동 시
views = 보기
tab-sites = 데이터센터
tab-graph = 의존 관계
tab-table = 표
tab-log = 기록

# 원인
why = 원인
why-title-down = { $name }{ JOSA($name, "은/는") } 왜 멈췄나요?
why-title-part = { $name }{ JOSA($name, "은/는") } 왜 일부만 정상인가요?
why-title-back = { $name }{ JOSA($name, "은/는") } 어떻게 복구됐나요?
why-title-fine = { $name } 정상
why-title-other = { $name }에 무슨 일이 있었나요?
why-nothing = 아직 아무 일도 없습니다. 재생하거나 사고를 내 보세요.
why-nothing-selected = 서비스, 방, 배전반을 고르면 원인을 보여 줍니다.
why-back-first = 선행 조건: { $list }
why-then = { " → " }
why-seek = { $where } { $what }: { $at }{ JOSA($at, "으로/로") } 이동
block-detection = 장애 인지
block-decision = 전환 결정
block-fire = { $name } 진화
block-access = { $name } 출입 허용
block-power = { $name } 전원 복구
block-network = { $name } 망 복구
block-cycle = { $name } 우회
block-quorum = { $name } 정족수 확보
block-servers = { $name } 서버 확보
block-routes = { $name } 사용자 경로 전환
block-settings = { $name } 설정 작성
block-hold-down = { $name } 전환 유예 시간 경과
block-glass = { $name } 관리자 권한 확보
block-promotion = { $name } 승격
block-hands = { $name } 인력 확보
block-check = { $name } 데이터 점검
block-warm = { $name } 캐시 채우기
block-capacity = { $name } 서버 { $n }대 증설 또는 부하 감소
block-provisioning = { $name } 서버 설치
block-no-copy = { $name } 데이터 사본 확보
block-restore = { $name } 데이터 복원

# 끊긴 다리
finding-guard-shares-fate = 지키는 쪽도 함께 멈춤
finding-guard-unreachable = 지키는 쪽이 망에서 끊김
finding-controller-deaf = 제어에 소식이 닿지 않음
finding-tools-lost = 기동 도구도 서버와 함께 멈춤
finding-sign-in-lost = 관리자 로그인도 함께 멈춤
finding-names-lost = 이름 서버도 함께 멈춤
finding-failover-flaps = 오탐으로 전환을 되풀이함
finding-standby-too-small = 대기 서버가 부하를 감당하지 못함
finding-capacity-elsewhere = 다른 곳의 서버가 모자람
finding-no-standby = 이어받을 곳이 없음
finding-one-region = 모든 사이트가 한 지역에 있음
finding-single-panel = 배전반 하나에 모두 물림
finding-quorum-in-one-site = 한 사이트 없이는 과반이 안 됨
finding-boot-cycle = 서로를 기다려 켜지지 못함
finding-slow-decision = 전환을 결정할 사람이 없음
finding-nobody-in-command = 우선순위를 정할 사람이 없음
finding-hands-short = 일손이 모자람
finding-not-practised = 이 규모의 훈련이 없었음
finding-channel-lost = 업무 대화방이 끊김
finding-ups-under-one-ceiling = UPS와 배터리가 한 천장 아래 있음
finding-no-zone-switch = 구역별 차단기가 없음
finding-overload-trip = 남의 부하까지 떠안아 차단됨
finding-generator-failed = 발전기가 감당하지 못함
finding-retry-storm = 재시도가 몰려 회복하지 못함
finding-cold-cache = 빈 캐시 때문에 뒷단이 과부하
finding-backlog-late = 밀린 일을 처리하는 데 오래 걸림
finding-too-hot = 전산실이 너무 뜨거움
finding-rto-below-restore = 기동만으로 약속한 시간을 넘김
finding-no-copy-elsewhere = 다른 곳에 데이터 사본이 없음
finding-backup-beside = 백업을 원본 옆에 둠
finding-rpo-below-copies = 약속보다 뜸한 복제
finding-rpo-missed = 복구 시점 목표 미달
finding-objective-missed = 복구 시간 목표를 넘김

# 사건
event-ignite = 화재 발생
event-trip = 차단기 개방
event-fail = 고장
event-feed-lost = 상용 전원 정전
event-crash = 서버 다운
event-kill = 서버 한 대 다운
event-line-cut = { $line } 절단
event-line-whole = { $line } 복구
line-all = 모든 회선
line-users = 사용자 회선
line-between = { $name } 회선
net-whole = 망 연결됨
net-apart = 다른 센터와 단절
net-unreachable = 사용자와 단절
event-mistaken = 잘못된 명령 실행
event-drill = 불시 훈련
event-drill-announced = 예고 훈련
event-room-burning = 불이 번짐
event-room-burnt = 소실
event-room-damaged = 진화됨
event-room-warm = 온도 상승으로 서버 성능 제한
event-room-hot = 과열로 서버 전원 차단
event-room-smoky = 연기 유입
event-room-flooded = 침수
event-room-ok = 원상 복구
event-chillers = 냉동기 { $count }대 가동 중
event-alarm = 화재 경보
event-gas-worked = 가스로 진화
event-gas-failed = 가스 소화 실패
event-cut = 전원 차단 지시
event-isolated = 발화 전에 배터리 분리
event-cleared = 출입 허용
event-site-ok = 정상화
event-site-burning = 대피
event-site-flooding = 물로 진화 시작
event-site-barred = 진화, 출입 통제
event-site-recovering = 복구 작업 시작
event-servers = 서버 { $n }대 가동
event-crashed = 과부하로 서버 { $n }대 다운
event-throttled = 유입 제한 시작
event-admitted = 유입 제한 해제
event-cache-cold = 캐시가 비어 있음
event-cache-warm = 캐시가 다시 채워짐
event-backlog-waits = 처리하지 못한 일이 밀리기 시작
event-backlog-full = 더 쌓아 둘 수 없어 나머지는 거부
event-backlog-empty = 밀린 일을 모두 처리
event-damaged = 서버 { $n }대 손상
event-ordered = 서버 { $n }대 발주
event-replaced = 서버 { $n }대 교체
event-surge = 전원이 한꺼번에 들어옴
event-detected-monitor = 모니터링이 감지
event-detected-users = 사용자 신고로 인지
event-notified = 센터 운영사가 통보
event-acknowledged = 경보 확인
event-escalated = 책임자에게 보고
event-decided = 전환 결정
event-commander = 지휘 일원화
event-closed = 상황 종료
event-came-in = 비상 소집 { $n }명 도착
event-channel-lost = 업무 대화방 끊김
event-channel-moved = 다른 연락망으로 이동
event-channel-back = 업무 대화방 복구
event-dropped = 불필요해짐: { $task }
event-progress = 진행: { $task }
event-energise = 전원 투입
event-routed = 사용자 유입 시작
event-restarted = 감시 프로세스가 재시작
event-suspected = 모니터링이 장애로 오인
event-trusted = 모니터링 오인 해소
event-split = 스플릿 브레인: 양쪽이 모두 활성
event-joined = 스플릿 브레인 해소
event-promoted = 승격 완료
event-writes-lost = 마지막 { $time } 동안 쓴 데이터 유실
event-data-lost = 남은 데이터 사본 없음
event-started-empty = 데이터 없이 다시 시작
event-restored = 데이터 복원 완료
event-queued = 요청: { $task }
event-started = 시작: { $task }
event-redone = 재작업: { $task }
event-mistake = 실수로 중지
event-broke = 서버 한 대 고장
event-noticed = 사용자에게 공지
event-done = 완료: { $task }
event-bypassed = { $name } 없이 진행
event-phase = { $phase }
task-promote = 승격
task-throttle = 유입 제한
task-boot = 기동
task-provision = 서버 설치
task-fetch = 백업 테이프 반입
task-bypass = { $name } 우회
task-check = 데이터 점검
task-inspect = 점검
task-redirect = 사용자 경로 전환
task-configure = 설정 수기 작성
task-break-glass = 비상 관리자 접근
task-open-doors = 출입문 개방
task-recable = 케이블 재포설
task-reclose = 차단기 재투입
task-relink = { $line } 복구 작업
task-chiller = 냉동기 재가동
task-notice = 공지 작성
task-repair = 서버 수리
task-clean = 오염 제거
task-replace = 서버 교체
by-hand = { $task }(수작업)
place-of = { $site } { $name }
organisation = 조직

# 시간축과 재생
timeline = 시간축
playhead = 재생 위치
playhead-text = 시작 후 { $time }, { $local }
play = 재생
pause = 일시 정지
event-previous = 이전 사건
event-next = 다음 사건
speed = 속도
speed-value = 속도 { $n }
scale-warped = 사건 기준
scale-true = 실제 비율
scale-switch = 시간축: 사건 기준 또는 실제 비율
pin-label = { $at } { $where } { $what }

# 사고
incidents = 사고
incident-fire = 화재
incident-trip = 배전반 차단
incident-crash = 서버 다운
incident-hint-fire = { $at }에 불을 낼 방을 고르세요
incident-hint-trip = { $at }에 차단할 배전반이나 상용 전원을 고르세요
incident-hint-crash = { $at }에 다운시킬 서버 묶음을 고르세요
incident-hint-none = 사고를 고른 뒤 대상을 고르세요
incidents-count = { $n ->
   *[other] 사고 { $n }건
}
incidents-none = 사고 없음: 평소와 같은 날입니다.
incident-remove = 빼기: { $what }
incidents-clear = 모두 빼기
incidents-author = 시나리오대로
undo = 실행 취소
redo = 다시 실행

# 표와 기록
table-caption = { $at } 서비스 상태
table-service = 서비스
table-state = 상태
table-since = 언제부터
table-share = 처리율
table-back = 복구
table-doing = 대응
log-empty = 아직 아무 일도 없습니다.

fact-label = 실제 기록: { $what } ({ $at })
fact-title = 실제 사건의 기록

# 실시간 알림
live-moment = { $at }: { $what }

# 잘못된 입력
errors-title = { $name }{ JOSA($name, "을/를") } 열 수 없습니다
errors-lead = { $n ->
   *[other] { $n }군데가 잘못되었습니다. 열려 있던 시나리오는 그대로입니다.
}
errors-place = { $line }행 { $column }열
notice-garbage = 지난번 작업을 읽을 수 없어 처음부터 시작합니다.
notice-storage = 이 브라우저에는 저장되지 않습니다. 새로 고치면 처음부터 시작합니다.
notice-opened = 열었습니다. 이 기기에만 남습니다.
notice-too-large = 시나리오로 보기에는 파일이 너무 큽니다.
notice-unreadable = 브라우저가 파일을 읽지 못했습니다.
dismiss = 닫기

# 도움말
help-title = 단축키와 기호
help-keys = 단축키
help-signs = 기호
key-play = 재생, 일시 정지
key-event = 이전 사건, 다음 사건
key-nudge = 재생 위치 이동, Shift와 함께 더 멀리
key-ends = 처음, 끝
key-arm = 화재, 배전반 차단, 서버 다운 고르기
key-drop = 선택한 대상에 적용
key-escape = 취소, 닫기
key-undo = 실행 취소, 다시 실행
key-rove = 그림 안에서 이동

unit-days = { $n }일
unit-hours = { $n }시간
unit-minutes = { $n }분
unit-seconds = { $n }초

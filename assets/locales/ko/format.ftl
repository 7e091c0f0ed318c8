# 시나리오 형식의 설명. 영어는 engine/src/scenario/document/*.rs의 주석에 있다.
#
#   Record         레코드         Record-field   레코드의 키
#   Choice-word    고를 수 있는 값   Part-label     목록 안의 자리, 영어 이름으로
#   Code-code      진단 코드

# 문서

Document = 시나리오: 무엇이 어디에 있고, 무엇에 의존하고, 누가 일하고, 무엇이 잘못되는지를 적습니다.
Document-schema = 형식의 버전.
Document-meta = 이름, 달력, 실행 길이.
Document-demand = 시스템을 쓰는 사람들.
Document-regions = 재해 하나가 한꺼번에 덮칠 수 있는 사이트의 묶음. 생략하면 사이트에 적힌 지역이 모두 있는 것으로 봅니다.
Document-sites = 건물.
Document-defaults = 대상에 값이 따로 없을 때 쓰는 수치.
Document-services = 사람들이 쓰는 서비스와 그 서비스가 딛고 선 것.
Document-network = 사이트 사이의 회선과 사용자에서 사이트로 가는 회선.
Document-controls = 장애를 감지하고, 서비스를 전환하고, 서버를 기동하는 방법.
Document-people = 일하는 사람들.
Document-cost = 장애의 비용. 생략하면 금액을 계산하지 않습니다.
Document-third_parties = 우리 서비스에 의존하는 외부 회사.
Document-objectives = 서비스별로 약속한 목표. 각 서비스의 `objective`에 적는 것과 같습니다.
Document-script = 언제 무엇이 잘못되는지.
Document-facts = 실제로 있었다고 알려진 일. 실행 결과 옆에 보여 줄 뿐, 실행은 읽지 않습니다.

Meta = 이름, 달력, 실행 길이.
Meta-id = 짧은 이름. 시나리오 모음 안에서 하나뿐이어야 합니다.
Meta-title = 제목. 생략하면 짧은 이름을 씁니다.
Meta-summary = 한두 문장의 요약: 무슨 일이 있었고 무엇을 볼지.
Meta-t0 = 실행이 시작되는 시각. UTC와의 시차를 함께 적습니다.
Meta-horizon = 실행 길이.
Meta-seed = 시드를 지정하지 않았을 때 쓰는 시드.

Demand = 누가 하루 중 언제 시스템을 쓰는지.
Demand-users = 서비스를 하나라도 쓰는 사람 수.
Demand-shape = 하루 동안 사용량이 변하는 모양.
Demand-trough = 가장 한가한 시간의 사용량. 가장 붐비는 시간에 대한 비율이며 `diurnal`에서 씁니다.
Demand-peak_hour = 가장 붐비는 현지 시각. `diurnal`에서 씁니다.
Demand-churn = 장애 중에 사용자가 떠나고 돌아오는 방식. 생략하면 아무도 떠나지 않습니다.

DayShape-flat = 언제나 최대.
DayShape-diurnal = 24시간 주기의 코사인.

Churn = 장애 중에 사용자가 떠나고 장애 뒤에 돌아오는 방식. 두 시간 모두 지수 분포를 따릅니다.
Churn-of = 중단되면 사용자가 떠나는 서비스. 생략하면 모든 서비스입니다.
Churn-leave = 장애를 겪는 사용자가 다른 곳으로 떠나기까지 걸리는 평균 시간.
Churn-calm = 사실대로 공지하면 떠나기까지 걸리는 시간이 이 배수로 늘어납니다.
Churn-back = 서비스가 복구된 뒤 떠난 사용자가 돌아오기까지 걸리는 평균 시간.

Region = 재해 하나가 한꺼번에 덮칠 수 있는 사이트의 묶음.
Region-name = 이름. 생략하면 키를 씁니다.
Region-shocks = 이 지역의 여러 사이트를 동시에 덮칠 수 있는 재해.

Shock = 지역의 사이트를 함께 덮치는 재해: 지진, 지역 전력망 고장 등.
Shock-name = 이름. 생략하면 키를 씁니다.
Shock-every = 재해 사이의 평균 시간, 하루 이상. 적으면 재해가 우연히 일어납니다. 생략하면 스크립트로만 일어납니다.
Shock-hits = 사이트가 재해를 당할 확률. 사이트마다 따로 정해집니다.
Shock-sites = 이 확률이 다른 사이트와 그 확률.
Shock-does = 재해를 당한 사이트에 생기는 일.
Shock-lasts = 상용 전원과 회선이 끊겨 있는 시간. 생략하면 상용 전원은 실행이 끝날 때까지, 회선은 누군가 복구할 때까지 끊깁니다.

ShockKind-grid = 상용 전원이 끊깁니다.
ShockKind-lines = 회선이 끊깁니다.
ShockKind-servers = 서버가 멈춥니다.
ShockKind-site = 위의 모든 일이 일어납니다.

# 사이트

Site = 건물.
Site-name = 이름. 생략하면 키를 씁니다.
Site-region = 사이트가 있는 지역. 생략하면 하나뿐인 지역입니다.
Site-preset = 바탕으로 삼을 방, 전력, 화재 규칙. 사이트에 직접 적은 것이 우선합니다. `power`를 적지 않은 사이트는 `tier2`를 씁니다.
Site-operator = 건물을 운영하는 쪽.
Site-notice = 화재 경보 뒤 임대인이나 위탁 운영사가 연락하기까지 걸리는 시간. 생략하면 코로케이션은 20m, 위탁 운영은 5m입니다.
Site-landlord = 남이 운영하는 건물에 우리 인력이 들어가는 절차와, 그쪽 인력이 우리 서버에 대신 해 주는 작업.
Site-doors = 출입문을 여는 수단.
Site-rooms = 방.
Site-fire = 불이 났을 때 일어나는 일.
Site-power = 전기가 흐르는 설비.
Site-shutdown = 너무 뜨거워진 전산실의 전원을 일부러 내립니다. `false`면 서버가 고장 날 때까지 계속 가동합니다.
Site-hardware = 고장 난 서버를 대신할 교체 장비.

Operator-own = 우리가 운영합니다. 센서가 아는 것을 바로 압니다.
Operator-colocation = 임대인이 건물을 운영합니다. 임대인이 연락하거나 사용자가 신고해야 화재를 압니다. 서버 작업은 우리 인력이 합니다.
Operator-managed = 위탁 운영사가 건물을 운영하고, 그 안의 서버에 손으로 해야 하는 작업도 합니다.

Doors-keys = 열쇠, 또는 인증이 필요 없는 잠금장치.
Doors-admin = 역할이 `admin`인 서비스. 이 서비스가 없으면 누군가 문을 열 때까지 아무도 들어가지 못합니다.

PresetName-tier1 = 상용 전원 1회선, UPS 1대, 발전기 없음.
PresetName-tier2 = 상용 전원 1회선, 예비 1대를 포함한 발전기, 배터리실 하나를 함께 쓰는 UPS 2대.
PresetName-tier3 = 상용 전원 2회선, 예비 1대를 포함한 발전기, 배터리실이 따로 있는 UPS 2대.

Landlord = 임대인이나 위탁 운영사가 우리에게 허용하는 것과 대신 해 주는 것. 전력, 화재, 냉방은 원래 그쪽 일입니다.
Landlord-entry = 불이 난 뒤, 운영사 인력이 다시 들어간 때부터 우리 인력의 출입이 허가될 때까지 걸리는 시간: 출입 허가, 동행.
Landlord-hands = 우리 서버에 손으로 하는 작업을 맡는 그쪽 인원(리모트 핸즈). 우리 인력을 대신해 기동, 설치, 교체, 수리를 합니다. 생략하면 코로케이션은 없고 위탁 운영은 2명입니다.
Landlord-hour = 그 인원 한 명의 한 시간 비용. 생략하면 `cost.hour`를 씁니다.
Hardware = 고장 난 서버를 대신할 교체 장비.
Hardware-spares = 건물에 보관하는 예비 서버 수.
Hardware-lead = 발주한 뒤 추가 서버가 도착하기까지 걸리는 시간.
Hardware-effort = 사람 한 명이 서버 한 대를 교체하는 작업 시간.

Room = 방.
Room-name = 이름. 생략하면 키를 씁니다.
Room-kind = 용도.
Room-lithium = 리튬 이온 배터리를 둔 방. 가스는 거의 듣지 않고 오래 탑니다.

RoomKind-hall = 서버를 두는 전산실.
RoomKind-battery = UPS 배터리실.
RoomKind-ups = UPS 본체를 두는 방.
RoomKind-electrical = 변압기와 주 배전 설비를 두는 전기실.
RoomKind-cable = 수직 또는 천장 케이블 통로.
RoomKind-generator = 발전기실.
RoomKind-control = 운영자가 일하는 상황실.

Fire = 건물에 불이 났을 때 일어나는 일.
Fire-detect = 발화부터 경보까지 걸리는 시간.
Fire-spread = 방에서 방으로 불이 번지는 경로.
Fire-smoke = 연기가 퍼지는 경로: 불타는 방에서, 배전반에 물린 장비가 연기에 닿는 방으로 이어집니다. 그 장비는 전원을 내리고, 오염을 제거한 뒤에 다시 켭니다.
Fire-leaks = 물이 새는 경로: 물을 뿌리거나 침수된 방에서 아래층이나 옆방으로 이어집니다.
Fire-early = 불이 나기 전에 배터리 이상을 알아차리는 감시 설비. 생략하면 없습니다.
Fire-gas = 자동으로 방출하는 가스.
Fire-ups_trip = 불타는 방에 있거나 그 방과 천장을 함께 쓰는 UPS 본체가 꺼지기까지 걸리는 평균 시간.
Fire-water = 전원을 차단해야 쓸 수 있는 물.
Fire-clear = 진화부터 출입이 허용되기까지 걸리는 시간.
Fire-burn = 방 안의 모든 것을 잃을 때까지 타는 시간.

SpreadTime-mean = 지수 분포를 따르는 시간의 평균.
SpreadTime-barrier = 정확히 이 시간만큼 버티는 방화 구획.

Early = 배터리가 불타기 전에 이상을 알아차리는 감시 설비: 전지는 먼저 가스를 냅니다. 배터리실에 `ignite`를 적으면 시간 싸움이 됩니다. 제때 분리하면 불은 나지 않고 UPS에 배터리가 없는 상태가 되며, 늦게 알아차려도 경보만큼은 즉시 울립니다.
Early-works = 이상을 알아차릴 확률.
Early-lead = 불길보다 앞서 알아차리는 평균 시간.
Early-isolate = 알아차린 뒤 배터리를 분리하기까지 걸리는 시간.

Gas = 자동으로 방출하는 가스.
Gas-fitted = 가스 소화 설비가 있습니다. 없으면 물을 쓰기로 결정할 때까지 불이 탑니다.
Gas-delay = 경보부터 방출까지 걸리는 시간.
Gas-works = 가스가 불을 끌 확률.
Gas-works_lithium = 리튬 전지가 탈 때 가스가 불을 끌 확률.

Water = 전원을 차단해야 쓸 수 있는 물.
Water-decide = 가스 소화가 실패한 뒤 물을 쓰기로 결정하기까지 걸리는 평균 시간.
Water-cut = 물을 쓰려고 차단하는 범위.
Water-known = `zone`일 때, 불을 끄는 사람이 구역 차단기의 위치를 압니다. `false`면 건물 전체를 차단합니다.
Water-time = 물을 뿌리기 시작해서 진화까지 걸리는 평균 시간.
Water-shape = 그 시간이 따르는 얼랑 분포의 형상 모수: 1이면 지수 분포이고, 클수록 편차가 작습니다.
Water-damage = 침수된 방에서 고장 나는 서버의 비율.

CutScope-zone = 불타는 방과 그 방이 전기를 보내는 곳. 구역 차단기가 있고 위치도 알려져 있어야 합니다.
CutScope-building = 건물 전체.

# 전력

Power = 전기가 흐르는 설비. 키는 다섯 종류를 통틀어 겹치지 않아야 합니다.
Power-utility = 상용 전원.
Power-generators = 발전기 설비.
Power-ups = 무정전 전원 장치(UPS).
Power-chillers = 냉동기 설비. 하나도 없는 사이트는 절대 고장 나지 않는 설비가 식히는 것으로 봅니다.
Power-panels = 서버가 물리는 배전반.
Power-restore = 전원이 돌아오는 방식.

Utility = 밖에서 들어오는 상용 전원.
Utility-name = 이름. 생략하면 키를 씁니다.
Utility-room = 설비가 있는 방. 생략하면 건물 밖입니다.
Utility-via = 케이블이 지나가는 방.

Generators = 발전기 설비.
Generators-name = 이름. 생략하면 키를 씁니다.
Generators-room = 설비가 있는 방. 생략하면 건물 밖입니다.
Generators-n = 발전기 대수.
Generators-need = 건물을 감당하려면 가동해야 하는 발전기 대수.
Generators-p_start = 발전기 한 대가 기동에 성공할 확률.
Generators-start = 상용 전원이 끊긴 뒤 가동하기까지 걸리는 시간.
Generators-p_transfer = 절체 스위치가 부하를 가동 중인 발전기로 넘길 확률.
Generators-fuel = 연료로 버티는 시간.
Generators-kw = 발전기 한 대의 정격. 가동 중인 발전기의 정격을 넘는 부하가 걸리면 설비 전체가 멈춥니다. 생략하면 충분합니다.

Ups = 무정전 전원 장치(UPS).
Ups-name = 이름. 생략하면 키를 씁니다.
Ups-room = 설비가 있는 방. 생략하면 건물 밖입니다.
Ups-battery = 배터리가 있는 방. 생략하면 UPS와 같은 방입니다.
Ups-kw = 정격. 생략하면 물린 부하에 충분합니다.
Ups-full = 정격 부하에서 배터리로 버티는 시간.
Ups-from = 전기를 받을 수 있는 곳. 생략하면 사이트의 모든 상용 전원과 발전기입니다.
Ups-via = 들어오는 케이블이 지나가는 방.

Chillers = 냉동기 설비. UPS에 물려 있지 않아, 순간적인 정전에도 멈춥니다.
Chillers-name = 이름. 생략하면 키를 씁니다.
Chillers-room = 설비가 있는 방. 생략하면 건물 밖입니다.
Chillers-n = 냉동기 대수.
Chillers-need = 열을 모두 식히려면 가동해야 하는 냉동기 대수.
Chillers-from = 전기를 받을 수 있는 곳. 생략하면 사이트의 모든 상용 전원과 발전기입니다.
Chillers-via = 들어오는 케이블이 지나가는 방.
Chillers-restart = 전원이 돌아온 뒤 냉동기가 다시 가동하는 방식.

Restart = 정전 뒤 냉동기가 다시 가동하는 방식.
Restart-auto = 전원이 들어온 뒤 모두 저절로 가동하기까지 걸리는 시간. `manual` 값이 없을 때 씁니다.
Restart-manual = 한 대씩 손으로 재가동할 때 한 대에 드는 한 사람의 작업 시간.
Restart-team = 재가동을 맡는 팀. 생략하면 서버를 기동하는 팀이고, 남이 운영하는 건물이면 그 건물의 작업조입니다.

Panel = 배전반.
Panel-name = 이름. 생략하면 키를 씁니다.
Panel-room = 설비가 있는 방. 생략하면 건물 밖입니다.
Panel-kw = 정격. 생략하면 물린 서버에 충분합니다.
Panel-from = 전기를 받을 수 있는 곳. 생략하면 사이트의 모든 UPS, UPS가 없으면 모든 상용 전원과 발전기입니다.
Panel-via = 들어오는 케이블이 지나가는 방.

Restore = 차단되거나 불탄 건물에 전원이 돌아오는 방식.
Restore-crews = 전기 작업조의 수.
Restore-inspect = 전원을 투입하기 전에 한 조가 배전반 하나를 점검하는 시간.
Restore-recable = 경로가 불탄 배전반 하나에 한 조가 케이블을 새로 까는 시간.
Restore-clean = 연기나 물이 닿은 방에서 배전반 하나에 물린 장비의 오염을 한 조가 제거하는 시간.
Restore-stage_max = 한 단계에 투입하는 전원의 한도. 건물 정격에 대한 비율입니다.
Restore-stage_gap = 한 단계에서 다음 단계까지의 시간.
Restore-reclose = 건물에 다른 이상이 없을 때 사람이 개방된 차단기를 재투입하기까지 걸리는 시간.
Restore-sequenced = 저절로 돌아온 전원이 서버에 차례로 들어갑니다. `false`이고 건물의 `stage_max` 비율보다 많은 전원이 한순간에 돌아오면, 꺼져 있던 서버의 일부가 고장 납니다.
Restore-surge = 그때 고장 나는 서버의 비율.

# 기본값

Defaults = 대상에 값이 따로 없을 때 쓰는 수치.
Defaults-util_peak = 하루 중 최대 부하일 때 일하고 있는 활성 서버의 비율.
Defaults-soft = 선택 의존 하나를 잃었을 때 서비스가 잃는 비율.
Defaults-retry = 응답을 받지 못한 쪽이 다시 요청하는 횟수와 간격.
Defaults-kappa = 용량이 모자라 실패한 요청에 든 처리 비용. 정상 응답에 드는 비용에 대한 비율입니다.
Defaults-shed = 서비스가 감당하지 못할 요청을 거의 비용 없이 거부하는지 여부.
Defaults-crash_at = 들어오는 요청이 처리할 수 있는 양의 이 배수가 되면 서버가 다운됩니다.
Defaults-crash_after = 그만큼 과부하가 걸린 서버가 다운되기까지 걸리는 평균 시간.
Defaults-server_power = 서버 한 대의 소비 전력.
Defaults-heat = 냉동기가 있지만 가동 대수가 모자랄 때 전산실이 뜨거워지는 방식.

Retry = 응답을 받지 못한 쪽이 다시 요청하는 횟수와 간격.
Retry-max = 요청 하나의 최대 재시도 횟수.
Retry-backoff = 첫 재시도 전의 대기 시간. 다음 재시도부터는 앞의 두 배씩 기다립니다.
Retry-budget = 첫 시도 한 건당 재시도의 한도. 호출하는 쪽을 모두 합친 값입니다. 생략하면 이런 한도가 없습니다.

ServerPower = 서버 한 대의 소비 전력. 두 값 사이에서는 바쁜 정도에 비례합니다.
ServerPower-idle = 아무 일도 하지 않을 때.
ServerPower-peak = 최대로 바쁠 때.

Heat = 냉동기가 있지만 가동 대수가 모자랄 때 전산실이 뜨거워지는 방식: `supply + rise · (load − cooling)` 온도를 향해 지수적으로 변합니다. `load`는 부하, `cooling`은 냉각의 비율입니다.
Heat-supply = 냉각 중인 전산실의 온도, °C.
Heat-rise = 최대로 바쁜 전산실이 냉각 없이 도달하는 온도와 위 온도의 차, °C.
Heat-time = 그 온도에 다가가는 시정수.
Heat-throttle = 서버가 스스로 성능을 제한하기 시작하는 온도, °C.
Heat-throttled = 성능을 제한한 서버가 낼 수 있는 성능의 비율.
Heat-shutdown = 서버가 고장 나기 전에 전산실의 전원을 내리는 온도, °C.
Heat-breaks = 아무도 전원을 내리지 않을 때 서버가 고장 나는 온도, °C.
Heat-broken = 그때 고장 나는 서버의 비율.
Heat-resume = 이 온도 아래로 내려가고 냉동기가 충분히 가동하면 모두 다시 가동할 수 있습니다, °C.

# 서비스

Service = 사람들이 쓰는 서비스, 또는 그 서비스가 딛고 선 것.
Service-name = 이름. 생략하면 키를 씁니다.
Service-role = 다른 서비스를 위해 맡은 일이 있으면 그 역할.
Service-tier = 0: 도구, 1: 회사의 핵심, 2와 3: 나머지. 지휘부가 우선순위를 정해 두지 않았으면 이 등급 순서로 복구합니다. 생략하면 역할이 있을 때 0, 없을 때 2입니다.
Service-users = 전체 사용자 가운데 이 서비스를 쓰는 비율.
Service-needs = 서비스하는 동안 의존하는 것.
Service-boots = 기동하기 전에 먼저 서비스 중이어야 하는 것.
Service-place = 서버가 있는 곳.
Service-quorum = 과반이 있어야 서비스한다면 정족수 구성원의 수. 서비스의 서버가 구성원입니다.
Service-data = 저장하는 데이터.
Service-load = 하루 중 최대일 때 서버 몇 대분의 일인지. 생략하면 활성 서버 수에 `defaults.util_peak` 값을 곱합니다.
Service-shed = 감당하지 못할 요청을 거의 비용 없이 거부하고, 할 수 있는 만큼은 계속 서비스하는지 여부. 생략하면 `defaults.shed` 값을 씁니다.
Service-retry = 이 서비스를 호출했다가 응답을 받지 못한 쪽이 다시 요청하는 횟수와 간격.
Service-backlog = 바로 처리할 수 없는 일이 실패하지 않고 밀려서 기다립니다: 메시지, 메일, 배치 등. 일을 맡긴 쪽은 기다리지 않고 계속합니다. 생략하면 실패합니다.
Service-cache = 서버가 보관하는 다른 서비스의 응답. 생략하면 없습니다.
Service-objective = 약속한 목표.
Service-wear = 서버가 저절로 고장 나는 방식. 생략하면 무슨 일이 생겼을 때만 고장 납니다.
Service-staff = 회사 직원도 이 서비스를 쓰며, 모니터링과 상관없이 평균 이 시간 뒤에 중단을 알아차립니다. 생략하면 쓰지 않습니다.
Service-watchdog = 모니터링이 이 시간 동안 중단으로 판정하면 감시 프로세스가 모든 서버를 멈췄다가 다시 기동합니다. 생략하면 감시 프로세스가 없습니다.
Service-stack = 서비스를 만든 기술. 그 기술을 모르는 사람은 `people.unknown_stack` 배의 시간이 걸립니다. 생략하면 누구나 아는 기술입니다.
Service-team = 이 서비스의 작업을 맡는 팀. 생략하면 `controls`에 적힌 팀입니다.

Role-network = 패킷을 나르는 망.
Role-dns = 이름 질의에 응답하는 이름 서버.
Role-config = 설정을 보관하는 저장소.
Role-monitor = 중단을 감지하는 모니터링.
Role-controller = 대기 서버를 승격하는 제어 서비스.
Role-deploy = 서버를 기동하는 배포 도구.
Role-registry = 서버가 기동할 때 쓰는 이미지 저장소.
Role-admin = 관리자가 거치는 로그인.
Role-chat = 팀들이 쓰는 업무 대화방. `people.channel.via`에 다른 서비스를 적으면 그쪽을 씁니다.

PoolRole-active = 서비스 중인 활성 서버.
PoolRole-standby = 켜져 있고 바로 승격할 수 있는 대기 서버.
PoolRole-pilot = 몇 대만 켜 두어 바로 승격할 수 있고, 나머지는 필요할 때 설치합니다.
PoolRole-cold = 비어 있고 꺼져 있습니다. 필요할 때 설치하고 데이터를 채워 기동합니다.
PoolRole-backup = 서버 없이 데이터 사본만 둡니다.

DataAlone-backup = 서버 없이 데이터 사본만 둡니다.

NeedParts = 서비스 중 의존 관계의 전체 형식.
NeedParts-on = 의존하는 서비스.
NeedParts-soft = 그 서비스가 없으면 잃는 비율. 생략하면 전부 잃는 필수 의존입니다.
NeedParts-calls = 그 서비스의 부하 가운데 여기서 보내는 몫. 생략하면 호출하는 쪽마다 뒤에 있는 사용자 수에 비례합니다.

PlaceParts = 한 곳에 둔 서버의 전체 형식.
PlaceParts-at = 위치: `site`, `site/panel`, 전원 코드가 두 개인 서버는 `site/panel+panel`.
PlaceParts-servers = 서버 수. 서버가 없는 `backup`에서만 생략합니다.
PlaceParts-running = 파일럿 가운데 평소에 켜 두는 서버 수. 생략하면 열 대에 한 대입니다.
PlaceParts-role = 평소에 하는 일.

Part-where = 위치
Part-how-many = 서버 수
Part-what-they-do = 하는 일
Part-data-alone = 데이터만
Part-burning-room = 불타는 방
Part-room-it-reaches = 닿는 방
Part-how-long = 걸리는 시간
Part-a-site = 사이트
Part-a-site-or-users = 사이트 또는 `users`
Part-what-carries-it = 회선을 나르는 서비스

RetryParts = 서비스를 호출했다가 응답을 받지 못한 쪽이 다시 요청하는 횟수와 간격. 생략한 것은 `defaults.retry` 값을 따릅니다.
RetryParts-max = 요청 하나의 최대 재시도 횟수.
RetryParts-backoff = 첫 재시도 전의 대기 시간.
RetryParts-budget = 첫 시도 한 건당 재시도의 한도. 호출하는 쪽을 모두 합친 값입니다.

Backlog = 서비스를 기다리는 밀린 일.
Backlog-limit = 하루 중 최대 부하로 이 시간만큼의 일까지 쌓아 두고 나머지는 거부합니다. 생략하면 언제나 자리가 있습니다.

Cache = 서버가 보관하는 다른 서비스의 응답. 막 기동한 서버에는 없어서 캐시가 찰 때까지 그 서비스를 더 자주 호출합니다. 그 서비스의 부하는 캐시가 찬 상태를 기준으로 적습니다.
Cache-of = 응답을 보관할 서비스. 이 서비스가 의존하는 것 가운데 하나입니다.
Cache-hit = 찬 캐시에서 찾을 수 있는 조회의 비율.
Cache-warm = 서비스가 하루 중 최대 부하를 처리하는 동안 캐시가 차는 시정수. 처리량이 적으면 더 오래 걸립니다.

Wear = 서비스의 서버가 저절로 한 대씩 고장 나고 수리되는 방식. 두 시간 모두 지수 분포를 따릅니다.
Wear-mtbf = 가동 중인 서버 한 대의 평균 고장 간격.
Wear-repair = 한 사람이 한 대를 수리하는 평균 작업 시간. 서비스의 서버를 기동하는 팀이 맡습니다.

Objective = 약속한 목표.
Objective-rto = 받아들일 수 있는 가장 긴 중단 시간(복구 시간 목표).
Objective-rpo = 쓰기가 사라져도 되는 가장 긴 시간(복구 시점 목표). 생략하면 약속이 없습니다.
Objective-slo = 한 해 수요 가운데 처리해야 하는 비율. 잃어도 되는 나머지가 오류 예산입니다. 생략하면 예산을 계산하지 않습니다.

# 데이터

Data = 서비스가 저장하는 데이터.
Data-replication = 사본을 유지하는 방법.
Data-size = 데이터의 양.
Data-check_rate = 비정상 종료 뒤의 점검이 데이터를 읽는 속도. 생략하면 점검이 필요 없습니다.
Data-catch_up = 뒤처진 사본은 1초에 이 초수만큼의 쓰기를 따라잡습니다.
Data-send = 쓰기가 들어오는 속도와 다른 사본으로 보내는 속도. 사본은 1초에 `rate / writes` 초만큼의 쓰기를 받습니다. 생략하면 `catch_up` 값을 따릅니다.
Data-conflicts = 양쪽이 따로 쓴 것을 합치는 데 드는 일. 생략하면 아무도 세지 않습니다.
Data-backup = 스냅샷, 그리고 사본을 복원하는 방법.
Data-start_empty = 남은 사본이 없을 때, 진행 결정부터 데이터 없이 다시 시작하기까지 걸리는 평균 시간. 생략하면 끝까지 시작하지 않습니다.

Copies-none = 쓴 곳에만 있습니다.
Copies-sync = 다른 곳에도 쓰고 나서 완료로 응답합니다.

LaterParts = 이 시간만큼 늦게 다른 곳에 복제합니다.
LaterParts-async = 이 시간만큼 늦게 다른 곳에 복제합니다.

NearestParts = 가장 가까운 다른 사본에 쓰고 나서 완료로 응답하고, 나머지 사본에는 이 시간만큼 늦게 복제합니다.
NearestParts-semi_sync = 가장 가까운 다른 사본에 쓰고 나서 완료로 응답하고, 나머지 사본에는 이 시간만큼 늦게 복제합니다.

Send = 쓰기를 다른 사본으로 보내는 속도. 쓰기가 그보다 빨리 들어오면 사본이 계속 뒤처집니다.
Send-writes = 서비스가 조금이라도 처리하는 동안 들어오는 쓰기.
Send-rate = 보낼 수 있는 속도.

Conflicts = 서로 닿지 않는 동안 양쪽이 모두 쓰는 키. 모든 키를 똑같이 자주 씁니다.
Conflicts-writes = 양쪽을 모두 합친 쓰기.
Conflicts-keys = 키 개수.
Conflicts-effort = 사람 한 명이 충돌 하나를 바로잡는 작업 시간.

Backup = 저장한 데이터의 스냅샷, 그리고 빈 서버 묶음을 스냅샷이나 다른 사본에서 채우는 방법.
Backup-every = 스냅샷을 뜨는 간격. 생략하면 뜨지 않지만, 보관할 곳을 적었으면 하루에 한 번 뜹니다.
Backup-delay = 스냅샷을 뜬 순간부터 보관하는 곳에 온전히 저장되기까지 걸리는 시간.
Backup-at = 스냅샷을 보관하는 사이트. `place`의 `[site, backup]`과 같습니다. 생략하면 `place`에 적힌 그런 곳, 그것도 없으면 다른 곳의 보관소입니다.
Backup-size = 복원할 때 옮기는 양. 생략하면 전체입니다.
Backup-rate = 스트림 하나가 복사하는 속도.
Backup-streams = 동시에 복사하는 스트림 수.
Backup-fetch = 보관소의 테이프를 서버가 있는 곳까지 반입하는 한 사람의 작업 시간.
Backup-verify = 복원한 사본을 믿기 전에 다시 읽어 확인하는 속도. 생략하면 아무도 확인하지 않습니다.

# 망

Network = 패킷을 나르는 망. 회선은 역할이 `network`인 서비스가 나르며, 각 서비스는 부하의 절반을 감당할 수 있는 한 혼자서도 나릅니다. 그런 서비스가 없으면 절대 멈추지 않는 외부 사업자가 나릅니다. 패킷은 다른 사이트를 거쳐 돌아갈 수 있지만, 사용자를 거쳐 사이트 사이를 오가지는 못합니다.
Network-links = 회선: `[site, site]` 또는 `[site, users]`. 그 역할을 하는 아무 서비스가 아니라 정해진 서비스가 나르면 셋째 자리에 적습니다. 생략하면 모든 사이트가 서로 이어집니다. `users`로 가는 회선이 없으면 사용자는 모든 사이트와 이어집니다.
Network-repair = 사람 한 명이 끊긴 회선을 복구하거나 패킷을 우회시키는 작업 시간.
Network-team = 이 일을 맡는 팀. 생략하면 첫 번째 팀입니다.

# 제어

Controls = 장애를 감지하고, 서비스를 전환하고, 서버를 기동하는 방법. 각 일은 그 역할을 하는 서비스가 하고, 닿을 수 있는 것이 없으면 사람의 일이 됩니다.
Controls-detect = 감지.
Controls-promote = 대기 서버로 전환.
Controls-throttle = 과부하인 서비스의 유입 제한.
Controls-boot = 서버 기동.
Controls-bypass = 기동 시 의존 관계의 우회.
Controls-dns = 사용자를 다른 사이트로 보내는 경로 전환.
Controls-config = 설정 저장소 없이 진행.
Controls-admin = 관리자 로그인 없이 진행.
Controls-after = 모두 정상화된 뒤에 하는 점검.

Detect = 장애를 감지하는 방법.
Detect-poll = 모니터링이 확인하는 간격.
Detect-fails = 잇달아 이 횟수만큼 응답이 없으면 경보를 냅니다.
Detect-timeout = 응답이 없다고 판정하기까지 걸리는 시간.
Detect-reports = 모니터링이 없을 때 경보가 되는 사용자 신고 건수.
Detect-report_gap = 모든 사용자가 영향받을 때 신고 사이의 평균 시간.
Detect-observers = 모니터링이 중단으로 판정하려면 모니터링이 있는 사이트 가운데 이 수만큼에서 중단이 보여야 합니다.
Detect-false_alarms = 대기 서버나 감시 프로세스가 있는 서비스마다 한 해에 일어나는 오탐 횟수. 서비스 중인데도 모니터링이 중단으로 보고, 모니터링에 따라 움직이는 것이 모두 움직입니다. 둘 이상의 사이트가 동의해야 하면 오탐이 없습니다.
Detect-false_lasts = 오탐 하나가 이어지는 시간.

Promote = 대기 서버를 승격하는 방법.
Promote-guard = 다른 쪽이 서비스 중인데도 승격하는 일을 막는 수단.
Promote-witness = `guard: witness`일 때 판정하는 제3의 사이트.
Promote-auto = 제어 서비스에 닿을 수 있고 그 모니터링이 살아 있을 때 승격에 걸리는 시간.
Promote-hold_down = 전환한 뒤 아무리 많이 잃더라도 제어 서비스가 같은 서비스를 다시 전환하지 않는 유예 시간. 사람은 전환할 수 있습니다.
Promote-manual = 제어 서비스 없이 사람 한 명이 승격하는 작업 시간.
Promote-team = 이 일을 맡는 팀. 생략하면 첫 번째 팀입니다.

Guard-none = 없음.
Guard-fence = 서비스의 모든 활성 서버에 닿을 때만 그 서버를 먼저 멈추고 승격합니다.
Guard-witness = 제3의 사이트가 정합니다. 그곳에 닿지 못하는 쪽은 물러나고 승격되지 않습니다.

Throttle = 과부하인데 스스로 요청을 거부하지 않는 서비스의 유입을 제한하는 방법.
Throttle-manual = 사람 한 명의 작업 시간.
Throttle-team = 이 일을 맡는 팀. 생략하면 첫 번째 팀입니다.

Boot = 서버를 기동하는 방법.
Boot-auto = 배포 도구와 이미지 저장소가 서비스 중일 때 배포 도구가 기동하는 속도.
Boot-manual = 사람 한 명이 손으로 서버 한 대를 기동하는 작업 시간.
Boot-team = 이 일을 맡는 팀. 생략하면 첫 번째 팀입니다.
Boot-install = 사람 한 명이 손으로 빈 서버 한 대를 설치하는 작업 시간. 배포 도구는 `auto` 속도로 설치합니다.
Boot-time = 누가 기동하든 서버 한 대가 전원을 켜고 서비스하기까지 걸리는 시간.

Bypasses = 기동 시 의존 관계를 우회하는 방법: 손으로 쓴 설정, 노트북에 있는 사본 등.
Bypasses-default = 아래에 없는 의존을 우회하는 전문가의 작업 시간. 생략하면 다른 방법이 없습니다.
Bypasses-team = 이 일을 맡는 팀. 생략하면 첫 번째 팀입니다.
Bypasses-edges = 우회할 줄 아는 의존 관계와 작업 시간. `waiting>waited-for: work` 꼴로 기다리는 서비스, 기다리는 대상, 작업 시간을 적습니다.

Dns = 다른 사이트의 대기 서버를 승격한 뒤 사용자를 그곳으로 보내는 일. 역할이 `dns`인 서비스가 합니다.
Dns-polls = 이름을 바꾸기까지 실패해야 하는 확인 횟수.
Dns-every = 한 확인에서 다음 확인까지의 간격.
Dns-ttl = 물어본 쪽이 응답을 보관하는 시간.
Dns-manual = 그런 서비스 없이 사람 한 명이 하는 작업 시간: 이름을 다른 곳에 위임하고 통신사에 요청합니다.
Dns-team = 이 일을 맡는 팀. 생략하면 첫 번째 팀입니다.

Config = 설정 저장소, 곧 역할이 `config`인 서비스 없이 진행하는 방법. 이 서비스가 없는 동안 기계는 아무것도 전환하거나 기동하지 못하고, 사람이 서비스마다 설정부터 작성합니다.
Config-manual = 전문가 한 명이 서비스 하나의 설정을 작성하는 작업 시간.
Config-team = 이 일을 맡는 팀. 생략하면 첫 번째 팀입니다.

Admin = 관리자 로그인, 곧 역할이 `admin`인 서비스 없이 진행하는 방법. 이 서비스가 없는 동안 팀의 전문가는 누군가 다른 방법으로 들여보낼 때까지 아무 일도 시작하지 못합니다. 팀마다 한 번씩 필요합니다.
Admin-break_glass = 사람 한 명이 한 팀에 비상 관리자 접근을 열어 주는 작업 시간: 봉인된 비밀번호, 콘솔 등.
Admin-doors = `doors: admin`인 건물의 문을 사람 한 명이 여는 작업 시간.

After = 모두 정상화된 뒤에 하는 점검.
After-integrity = 데이터를 일부 잃거나, 복원하거나, 점검하거나, 양쪽에서 따로 쓴 서비스의 데이터를 있어야 할 것과 대조하는 한 사람의 작업 시간. 생략하면 아무도 하지 않습니다.
After-security = 기동에 필요한 것 없이 기동한 서비스를 점검하는 한 사람의 작업 시간. 생략하면 아무도 하지 않습니다.
After-team = 이 일을 맡는 팀. 생략하면 첫 번째 팀입니다.

# 사람

People = 일하는 사람들.
People-channel = 팀들이 대화하는 수단.
People-command = 진행을 결정하는 사람.
People-teams = 팀. 생략하면 열 명인 팀 하나입니다.
People-drill = 훈련의 효과.
People-drills = 되풀이해서 하는 훈련.
People-notice = 사용자에게 하는 공지. 생략하면 공지하지 않습니다.
People-unknown_stack = 팀이 모르는 기술을 다루는 작업 시간은 이 배수로 늘어납니다.
People-sigma = 사람이 하는 모든 일의 시간이 퍼진 정도: 로그값의 표준 편차 σ.

Channel = 사고가 난 동안 팀들이 대화하는 수단.
Channel-via = 대화를 나르는 서비스. 생략하면 역할이 `chat`인 서비스이고, 그것도 없으면 전화입니다.
Channel-switch = 대화 수단이 끊긴 뒤 모두가 대체 수단으로 옮기기까지 걸리는 시간.
Channel-tried = 대체 수단을 미리 써 보아 모두가 알고 있을 때 옮기는 데 걸리는 시간. 생략하면 써 본 적이 없습니다.
Channel-seats = 대체 수단에 들어갈 수 있는 사람 수. 자리가 없는 사람은 계속 느립니다. 생략하면 있는 사람이 모두 들어갑니다.
Channel-slow = 다 옮길 때까지 수작업 시간이 이 배수로 늘어나고, 옮긴 뒤에는 늘어난 몫의 절반만 더 걸립니다.

Command = 진행을 결정하는 과정: 지수 분포를 따르는 세 시간이 차례로 이어집니다.
Command-ack = 누군가 경보를 확인하기까지 걸리는 평균 시간.
Command-authority = 결정할 수 있는 사람.
Command-escalate = 권한이 있는 사람에게 연락이 닿기까지 걸리는 평균 시간.
Command-decide = 결정하기까지 걸리는 평균 시간.
Command-commander_after = 결정한 뒤 지휘와 우선순위가 하나로 모이기까지 걸리는 시간. 생략하면 끝까지 모이지 않습니다.
Command-priority = 지휘가 일원화된 뒤 먼저 할 일. 생략하면 `tier`가 낮은 것부터입니다.

Authority-ask = 연락이 닿아야 하는 책임자.
Authority-delegated = 경보를 확인한 사람. 권한 위임이 미리 문서로 되어 있습니다.

ByValue-value = 한 시간의 작업으로 가장 많은 사람을 돕는 일부터.

Team = 같은 종류의 일을 하는 사람들.
Team-name = 이름. 생략하면 키를 씁니다.
Team-hands = 모두 있을 때 동시에 일할 수 있는 사람 수.
Team-stacks = 아는 기술. 서비스의 `stack`에 적은 이름입니다. 생략하면 모두 압니다.
Team-shifts = 인원이 적은 시간대. 그 시각을 포함하는 첫 번째 시간대를 따르고, 어느 시간대도 아니면 모두 있습니다.
Team-call_out = 누군가 경보를 확인한 뒤, 자리에 없던 사람이 도착하기까지 걸리는 시간. 상황이 끝날 때까지 남습니다. 생략하면 아무도 부르지 않습니다.
Team-drilled = 규모와 상관없이 마지막 훈련 뒤 지난 시간. 생략하면 `drill.last` 값을 씁니다.

Shift = 팀의 인원이 적은 시간대.
Shift-from = 시작하는 현지 시각.
Shift-to = 끝나는 현지 시각. 시작보다 늦지 않으면 다음 날입니다.
Shift-hands = 그 시간대에 있는 사람 수.
Shift-days = 적용하는 요일. 자정이 지난 시간은 다음 날로 칩니다.

Days-every = 매일.
Days-work = 월요일부터 금요일까지.
Days-weekend = 토요일과 일요일.

Drill = 훈련의 효과. 숙련도는 마지막 훈련부터 경보까지 점점 떨어집니다.
Drill-last = 따로 적지 않은 팀이 규모와 상관없이 마지막 훈련 뒤 지난 시간.
Drill-decay = 잊어 가는 시정수.
Drill-slow = 훈련한 적이 없는 사람의 수작업 시간은 이 배수로 늘어납니다.
Drill-error = 그런 사람이 작업을 잘못해서 그 절반을 다시 할 확률.
Drill-harm = 잘못한 작업이 같은 서비스나 그 서비스가 의존하는 서비스의 가동 중인 서버 묶음을 멈출 확률.

Drills = 되풀이해서 하는 훈련: `monkey`, `gorilla`, `kong`. 훈련은 그보다 크지 않은 장애에만 도움이 됩니다.
Drills-monkey = 서버를 잃는 훈련.
Drills-gorilla = 사이트 하나를 잃는 훈련. 서버의 절반도 가동하지 못하면 잃은 것입니다.
Drills-kong = 지역 하나를 잃는 훈련. 여러 사이트가 각각, 그리고 지역의 사이트를 모두 합쳐서도 절반을 가동하지 못하면 잃은 것입니다.

Exercise = 정기 훈련.
Exercise-every = 한 번에서 다음 번까지의 간격.
Exercise-last = 실행이 시작될 때 마지막 훈련 뒤 지난 시간. 생략하면 한 주기 안에서 우연히 정해집니다.
Exercise-hours = 모두를 합쳐 훈련에 드는 작업 시간.
Exercise-teams = 참여하는 팀. 생략하면 모두입니다.

Notice = 사용자가 쓰는 것이 고장 나는 대로, 상황마다 한 번 하는 공지.
Notice-via = 공지가 올라가는 서비스. 생략하면 언제나 살아 있는 외부의 자리입니다.
Notice-team = 공지를 쓰는 팀. 생략하면 첫 번째 팀입니다.
Notice-write = 공지를 쓰는 작업 시간.
Notice-when = 공지를 낼 수 있는 사람.
Notice-elsewhere = 공지를 올릴 곳이 중단됐을 때 다른 곳에 올라가기까지 걸리는 시간. 생략하면 기다립니다.
Notice-honest = 무엇이 잘못됐는지 사실대로 알립니다. 그렇지 않은 공지는 아무도 안심시키지 못합니다.

NoticeWhen-acknowledged = 경보를 확인한 사람.
NoticeWhen-decided = 결정하는 사람.

# 비용

Cost = 장애의 비용, 그리고 장애를 줄이려고 회사가 쓰는 돈.
Cost-currency = ISO 4217 통화 코드.
Cost-revenue = 모두 정상일 때의 매출.
Cost-fixed = 한 명이라도 영향을 받았다면 한 번 나가는 돈.
Cost-hour = 사고나 훈련에서 한 사람이 한 시간 일하는 비용.
Cost-compensation = 사용자에게 주는 보상.
Cost-server_year = 서버 한 대를 사서 한 해 동안 운영하는 비용.
Cost-site_year = 건물 한 채의 한 해 비용.

Compensation = 사용자에게 주는 보상: 정해진 시간 동안 내리 장애를 겪은 사람이 가장 많았던 때를 기준으로 한 번씩 줍니다.
Compensation-after = 내리 장애를 겪은 것으로 치는 시간.
Compensation-paying = 그 가운데 서비스에 돈을 내는 사람의 비율.
Compensation-each = 돈을 내는 사람 한 명에게 주는 금액.
Compensation-claims = 그 모두 가운데 손해 배상을 청구하는 비율.
Compensation-claim = 청구 한 건에 주는 금액.

ThirdParty = 우리 서비스에 의존하는 외부 회사. 그 회사의 손실은 그 회사의 것이고, 우리가 물어 줄 돈은 우리 것입니다.
ThirdParty-name = 이름. 생략하면 키를 씁니다.
ThirdParty-needs = 없으면 안 되는 서비스. 이 가운데 가장 적게 처리하는 서비스만큼만 일합니다.
ThirdParty-users = 그 회사를 이용하는 사람 수.
ThirdParty-revenue = 그 회사의 매출. 우리 통화로 적습니다.
ThirdParty-free = 한 실행에서 위약금이 없는 중단 시간.
ThirdParty-penalty = 그보다 긴 중단 하루마다 우리가 무는 위약금.

# 스크립트

Incident = 잘못되는 일 하나: 시각과 동작 하나.
Incident-at = 실행이 시작된 뒤의 시각.
Incident-ignite = 방에 불을 냅니다: `site/room`.
Incident-trip = 배전반의 차단기를 개방하거나 상용 전원을 끊습니다: `site/element`.
Incident-fail = 건물 안의 누구도 고칠 수 없게 전력 설비가 고장 납니다, `site/element`: 상용 전원이 끊기거나, 발전기가 돌지 않거나, UPS가 전기를 주지 않습니다. `lasts` 동안 이어지고, 그 값을 생략하면 실행이 끝날 때까지 이어집니다.
Incident-crash = 사이트에 있는 서비스의 서버를 모두 멈춥니다: `service@site`. 그곳에 서버 묶음이 여럿이면 두 번째 묶음만: `service@site/2`.
Incident-kill = 사이트에 있는 서비스의 서버 한 대를 멈춥니다, `service@site`: `controls.boot.time` 뒤에 다시 가동합니다.
Incident-cut = 회선을 끊습니다: 한 사이트의 모든 회선(`site`), 두 사이트 사이(`[site, site]`), 사이트와 사용자 사이(`[site, users]`).
Incident-heal = 회선을 다시 잇습니다. 사이트를 적으면 끊은 회선을 모두 잇습니다.
Incident-shock = 지역 재해를 일으킵니다: `region/shock`.
Incident-lasts = 끊긴 상태가 이어지는 시간. 생략하면 사람이 복구할 때까지, 훈련이면 한 시간입니다.
Incident-monkey = 훈련: 서버 한 대가 멈춥니다, `service@site`.
Incident-gorilla = 훈련: 한 사이트의 모든 회선을 끊습니다.
Incident-kong = 훈련: 한 지역에 있는 모든 사이트의 모든 회선을 끊습니다.
Incident-announced = 모두가 훈련을 미리 알고 있고 진행에 동의했습니다.
Incident-mistake = 잘못된 명령으로 일어납니다.
Incident-noticed = 잘못된 명령을 내린 사람이 결과를 바로 알아차립니다.

Fact = 실제로 있었다고 알려진 일.
Fact-at = 실행이 시작된 뒤의 시각.
Fact-text = 내용.
Fact-source = 출처.

# 공통

Flag-true = 예.
Flag-false = 아니요.

Languages = 같은 글을 두 언어로.
Languages-en = 영어.
Languages-ko = 한국어.

# 진단 코드

Code-parse = YAML로도 JSON으로도 읽을 수 없습니다.
Code-empty = 내용이 없습니다.
Code-too-large = 이 프로그램이 다룰 수 있는 크기를 넘었습니다.
Code-too-many = 오류가 더 있지만 줄였습니다.
Code-unsupported = YAML 가운데 이 형식에서 쓰지 않는 것입니다.
Code-duplicate-key = 한 맵에 같은 키가 두 번 있습니다.
Code-unknown-key = 그 자리에 없는 키입니다.
Code-missing-key = 반드시 있어야 하는 키가 빠졌습니다.
Code-wrong-parts = 자리가 모자라거나 남습니다.
Code-wrong-type = 값이 올 자리에 목록이 오는 등 종류가 다릅니다.
Code-bad-unit = 그 수량의 표기가 아닙니다.
Code-out-of-range = 너무 작거나 너무 큽니다.
Code-unknown-choice = 그 자리에서 고를 수 없는 값입니다.
Code-bad-name = 글자, 숫자, `-`, `_`가 아닌 것이 이름에 있습니다.
Code-schema = 이 프로그램이 읽지 않는 형식 버전입니다.
Code-dangling = 가리키는 것이 없는 이름입니다.
Code-duplicate-id = 같은 이름을 두 번 쓰거나 같은 내용을 두 번 적었습니다.
Code-power-cycle = 전력 경로가 순환합니다.
Code-orphan-panel = 전기를 주는 것이 없는 배전반이나 UPS입니다.
Code-no-panel = 배전반이 없는 사이트에 서버가 있습니다.
Code-overloaded = 배전반에 물린 서버가 평소에도 정격보다 많은 전력을 씁니다.
Code-quorum-mismatch = 서버 수가 정족수 구성원의 수와 다릅니다.
Code-cache-of-no-need = 의존하지 않는 서비스의 응답을 캐시합니다.
Code-quorum-backlog = 전부 처리하거나 전혀 못 하는 정족수 서비스에 일을 쌓아 둡니다.
Code-self-need = 자기 자신에 의존하는 서비스입니다.
Code-calls-over-one = 호출하는 쪽에 적힌 부하 몫의 합이 서비스의 전체 부하를 넘습니다.
Code-no-active = 활성 서버가 없는 서비스입니다.
Code-bad-running = 켜 두는 서버가 전체보다 많거나, 파일럿이 아닌데 켜 두는 수를 적었습니다.
Code-no-data = 저장하는 것이 없는 서비스의 데이터 사본입니다.
Code-bad-target = 동작에 맞지 않는 종류의 대상입니다.
Code-no-pool = 없는 서버를 멈추려고 합니다.
Code-after-horizon = 실행이 끝난 뒤에 일어나는 사고입니다.
Code-no-hands = 위탁 운영사에 그 건물의 서버를 다룰 인원이 없습니다.
Code-large-shift = 시간대의 인원이 팀 전체보다 많습니다.
Code-more-warnings = 경고가 더 있지만 줄였습니다.
Code-boot-cycle = 서로가 있어야 기동하는 서비스들입니다.
Code-even-quorum = 정족수 구성원의 수가 짝수입니다.
Code-shared-fate = 모니터링이나 제어 서비스가 지키는 대상과 같은 곳에만 있습니다.
Code-quorum-in-one-site = 한 사이트를 잃으면 과반을 채우지 못합니다.
Code-small-standby = 대기 서버가 최대 부하를 감당하지 못합니다.
Code-one-region = 모든 사이트가 한 지역에 있습니다.
Code-no-standby = 한 사이트에만 있는데 복구 시간을 약속했습니다.
Code-tight-objective = 약속한 복구 시간이 감지와 전환에 걸리는 시간보다 짧습니다.
Code-thin-panel = 서버의 다른 전원 코드가 끊기면 부하를 넘겨받지 못하는 배전반입니다.
Code-empty-standby = 대기 서버에 데이터가 없습니다.
Code-backup-beside = 데이터 사본이 모두 한 사이트에 있습니다.
Code-slow-copies = 사본이 뒤처져 약속한 복구 시점을 지키지 못합니다.
Code-slow-restore = 약속한 복구 시간이 복구에 필요한 데이터 복원 시간보다 짧습니다.
Code-no-landlord = 직접 운영하는 건물에 임대인이 하는 일을 적었습니다.
Code-unused-bypass = 있지도 않은 의존의 우회를 적었습니다.
Code-unknown-stack = 아는 팀이 없는 기술로 만든 서비스입니다.
Defaults-overcurrent = 전기를 나르는 설비가 정격을 넘는 부하를 버티는 시간.
Overcurrent = 전기를 나르는 설비가 정격을 넘는 부하를 버티는 시간.
Overcurrent-breaker = 차단기 열동 모형의 시정수.
Overcurrent-ups = UPS가 정격의 125%를 버티는 시간. 150%에서는 그 10분의 1만 버팁니다.
Backlog-look = 일을 처리하는 쪽이 남은 일이 있는지 확인하는 간격. 밀린 일은 적어도 이만큼 이어집니다.

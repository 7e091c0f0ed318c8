//! What a finding says, in both languages.
//!
//! Names stand after a dash in Korean, so that no particle has to agree with a word that is not known here.

use bridge_engine::Span;
use bridge_engine::report::{Code, Finding, Mend};
use bridge_engine::trace::Subject;
use bridge_engine::world::{ServiceId, World};

use crate::language::Language;
use crate::numbers::{duration, grouped};

/// A finding's parts as they are said.
struct Said<'a> {
    /// What it is about, and that with what is broken together with it.
    of: String,
    all: String,
    with: String,
    hit: String,
    site: &'a str,
    percent: String,
    time: String,
    servers: String,
    language: Language,
}

/// One sentence.
pub fn finding(world: &World, finding: &Finding, language: Language) -> String {
    let of = subject(world, finding.subject, language);
    let with = names(world, &finding.with, language);
    let said = Said {
        all: if with.is_empty() { of.clone() } else { format!("{of}, {with}") },
        of,
        with,
        hit: names(world, &finding.hit, language),
        site: finding.site.map_or("", |id| language.of(&world[id].name)),
        percent: format!("{:.0} %", finding.figure * 100.0),
        time: match finding.code {
            // Minutes would hide a few seconds of writes.
            Code::RpoBelowCopies | Code::RpoMissed if finding.figure < 60.0 => {
                format!("{:.0} s", finding.figure)
            }
            _ => duration(finding.figure.max(0.0)),
        },
        servers: grouped(finding.figure),
        language,
    };
    match finding.code {
        Code::GuardSharesFate
        | Code::GuardUnreachable
        | Code::ControllerDeaf
        | Code::ToolsLost
        | Code::SignInLost
        | Code::NamesLost
        | Code::FailoverFlaps
        | Code::BootCycle => said.help(finding.code),
        Code::StandbyTooSmall
        | Code::CapacityElsewhere
        | Code::NoStandby
        | Code::OneRegion
        | Code::SinglePanel
        | Code::QuorumInOneSite => said.place(finding.code),
        Code::SlowDecision
        | Code::NobodyInCommand
        | Code::HandsShort
        | Code::NotPractised
        | Code::ChannelLost => said.people(finding.code),
        Code::UpsUnderOneCeiling
        | Code::NoZoneSwitch
        | Code::OverloadTrip
        | Code::GeneratorFailed
        | Code::TooHot
        | Code::RtoBelowRestore
        | Code::ObjectiveMissed => said.rest(finding.code),
        Code::RetryStorm | Code::ColdCache | Code::BacklogLate => said.load(finding.code),
        Code::NoCopyElsewhere | Code::BackupBeside | Code::RpoBelowCopies | Code::RpoMissed => {
            said.data(finding.code)
        }
    }
}

impl Said<'_> {
    /// What is there to help and to start others.
    fn help(&self, code: Code) -> String {
        let Self { of, all, with, hit, site, time, servers, .. } = self;
        match code {
            Code::GuardSharesFate if !site.is_empty() => self.language.pick(
                format!("{all} stood only in {site} and did nothing for {time} when it was needed: {hit}"),
                format!("{site}에만 있어 필요할 때 {time} 동안 함께 멈춤 — {all}: {hit}"),
            ),
            Code::GuardSharesFate => self.language.pick(
                format!("{all} went down with what it leans on and did nothing for {time} when it was needed: {hit}"),
                format!("의존하는 서비스와 함께 필요할 때 {time} 동안 멈춤 — {all}: {hit}"),
            ),
            Code::GuardUnreachable => self.language.pick(
                format!("{all} ran, cut off from the network, and could not help for {time}: {hit}"),
                format!("살아 있었지만 망이 끊겨 {time} 동안 돕지 못함 — {all}: {hit}"),
            ),
            Code::ControllerDeaf => self.language.pick(
                format!("{of} ran and heard nothing for {time}, {with} being down: {hit}"),
                format!("제어는 살아 있었지만 알려 주는 것이 {time} 동안 멈춤 — {of}: {with} ({hit})"),
            ),
            Code::ToolsLost => self.language.pick(
                format!("{servers} servers were started by hand, the tools being down: {all}"),
                format!("기동 도구가 멈춰 서버 {servers}대를 손으로 켬 — {all}"),
            ),
            Code::SignInLost => self.language.pick(
                format!("{all} was down, and teams waited {time} in all to be let in as administrators: {hit}"),
                format!("관리자 로그인이 멈춰 권한 확보에 모두 {time} 걸림 — {all}: {hit}"),
            ),
            Code::NamesLost => self.language.pick(
                format!("{all} was down, and users were led elsewhere by hand, {time} in all: {hit}"),
                format!("이름 서버가 멈춰 사용자 경로를 손으로 바꾸는 데 모두 {time} 걸림 — {all}: {hit}"),
            ),
            Code::FailoverFlaps => self.language.pick(
                format!("False alarms made the controller switch {of} from side to side: {time} lost"),
                format!("오탐으로 제어가 전환을 되풀이해 {time} 손실 — {of}"),
            ),
            _ => self.language.pick(
                format!("These waited for each other to start, up to {time}: {all}"),
                format!("서로가 켜지기를 최대 {time} 기다림 — {all}"),
            ),
        }
    }

    /// Where servers stood.
    fn place(&self, code: Code) -> String {
        let Self { of, site, percent, time, .. } = self;
        match code {
            Code::StandbyTooSmall => self.language.pick(
                format!("The standby of {of} could carry {percent} of its peak"),
                format!("대기 서버가 최대 부하의 {percent}만 감당 — {of}"),
            ),
            Code::CapacityElsewhere => self.language.pick(
                format!("What was left of {of} could carry {percent} of its peak"),
                format!("남은 서버가 최대 부하의 {percent}만 감당 — {of}"),
            ),
            Code::NoStandby => self.language.pick(
                format!("{of} stood only in {site}: nothing elsewhere could serve it for {time}"),
                format!("{site}에만 있어 {time} 동안 다른 곳에서 이어받지 못함 — {of}"),
            ),
            Code::OneRegion => self.language.pick(
                format!("Every site of {of} stands in one region, and all were lost for {time}"),
                format!("모든 사이트가 한 지역에 있어 {time} 동안 함께 멈춤 — {of}"),
            ),
            Code::SinglePanel => self.language.pick(
                format!("All servers of {of} hung on one panel: one breaker took it for {time}"),
                format!("배전반 하나에만 물려 있어 차단기 하나로 {time} 동안 멈춤 — {of}"),
            ),
            _ => self.language.pick(
                format!("{percent} of the voters of {of} stood in {site}"),
                format!("정족수 구성원의 {percent}가 한 사이트({site})에 있었음 — {of}"),
            ),
        }
    }

    /// Who decided, commanded, worked and talked.
    fn people(&self, code: Code) -> String {
        let Self { of, hit, percent, time, .. } = self;
        match code {
            Code::SlowDecision => self.language.pick(
                format!("Switching waited up to {time} for somebody to say go: {hit}"),
                format!("전환 결정을 최대 {time} 기다림 — {hit}"),
            ),
            Code::NobodyInCommand => self.language.pick(
                format!("Nobody commanded, and hands were on what mattered less while these waited up to {time}: {hit}"),
                format!("지휘가 없어 덜 급한 일에 손이 묶인 동안 최대 {time} 기다림 — {hit}"),
            ),
            Code::HandsShort => self.language.pick(
                format!("Work waited up to {time} for a free hand of {of}: {hit}"),
                format!("{of}의 일손이 모자라 최대 {time} 기다림 — {hit}"),
            ),
            Code::NotPractised => self.language.pick(
                format!("Nobody had practised a loss of this size, which took {percent} of the hands' time: {hit}"),
                format!("이 규모의 훈련이 없어 작업 시간의 {percent}를 잃음 — {hit}"),
            ),
            _ => self.language.pick(
                format!("The teams talked on {of}, which was down for {time}"),
                format!("복구팀의 대화 수단이 {time} 동안 함께 멈춤 — {of}"),
            ),
        }
    }

    /// Copies of data.
    fn data(&self, code: Code) -> String {
        let Self { of, with, site, time, .. } = self;
        match code {
            Code::NoCopyElsewhere => self.language.pick(
                format!("The data of {of} were kept only in {site}, which cost {time}"),
                format!("데이터가 {site}에만 있어 {time} 동안 멈춤 — {of}"),
            ),
            Code::BackupBeside => self.language.pick(
                format!(
                    "The backup of {of} was kept in {site}, beside the original, and was no use for {time}"
                ),
                format!("백업을 원본과 같은 {site}에 두어 {time} 동안 쓰지 못함 — {of}"),
            ),
            Code::RpoBelowCopies if !with.is_empty() => self.language.pick(
                format!("{of} lost {time} of writes: {with} is copied less often than {of} promised"),
                format!("복제 주기가 목표 복구 시점보다 길어 {time} 분량의 쓰기를 잃음 — {of}: {with}"),
            ),
            Code::RpoBelowCopies => self.language.pick(
                format!("{of} lost {time} of writes: it is copied less often than was promised"),
                format!("복제 주기가 목표 복구 시점보다 길어 {time} 분량의 쓰기를 잃음 — {of}"),
            ),
            _ => self.language.pick(
                format!("{of} missed its recovery point by {time}"),
                format!("약속한 복구 시점을 {time} 넘김 — {of}"),
            ),
        }
    }

    /// Too much work.
    fn load(&self, code: Code) -> String {
        let Self { of, with, time, .. } = self;
        match code {
            Code::RetryStorm => self.language.pick(
                format!("Retries kept {of} down for {time}, with servers enough for its load"),
                format!("서버는 충분했지만 재시도가 몰려 {time} 동안 회복하지 못함 — {of}"),
            ),
            Code::ColdCache => self.language.pick(
                format!("The cold caches of {of} asked more of {with} than it could answer for {time}"),
                format!("캐시가 비어 {time} 동안 뒷단이 감당하지 못함 — {of}: {with}"),
            ),
            _ => self.language.pick(
                format!("{of} took {time} to work off its backlog, all servers running"),
                format!("서버가 모두 돌아온 뒤에도 밀린 일에 {time} 걸림 — {of}"),
            ),
        }
    }

    /// Buildings and promises.
    fn rest(&self, code: Code) -> String {
        let Self { of, hit, site, time, servers, .. } = self;
        match code {
            Code::UpsUnderOneCeiling => self.language.pick(
                format!("{of} tripped {time} after the batteries under its ceiling caught fire: {hit}"),
                format!("같은 천장 아래 배터리의 불로 {time} 만에 차단 — {of}: {hit}"),
            ),
            Code::NoZoneSwitch => self.language.pick(
                format!("All of {site} was switched off for the water, {servers} servers far from the fire with it"),
                format!("구역별 차단기가 없어 불과 먼 서버 {servers}대까지 전원 차단 — {site}"),
            ),
            Code::OverloadTrip => self.language.pick(
                format!("{of} gave up under what others had carried, with {servers} servers behind it: {hit}"),
                format!("다른 쪽의 부하까지 떠안아 서버 {servers}대와 함께 차단됨 — {of}: {hit}"),
            ),
            Code::GeneratorFailed => self.language.pick(
                format!("{of} did not carry the building for {time}: {hit}"),
                format!("{time} 동안 건물에 전기를 대지 못함 — {of}: {hit}"),
            ),
            Code::TooHot => self.language.pick(
                format!("{of} in {site} was too warm for {time}: {hit}"),
                format!("{site} {of} 온도가 {time} 동안 너무 높음 — {hit}"),
            ),
            Code::RtoBelowRestore => self.language.pick(
                format!("Starting {of} alone took {time}, longer than was promised"),
                format!("기동에만 {time} 걸려 약속한 복구 시간을 넘김 — {of}"),
            ),
            _ => self.language.pick(
                format!("{of} missed its recovery time by {time}"),
                format!("약속한 복구 시간을 {time} 넘김 — {of}"),
            ),
        }
    }
}

/// A change of the design.
pub fn mend(world: &World, mend: Mend, language: Language) -> String {
    let name = |of: Subject| subject(world, of, language);
    let service = |s: ServiceId| name(Subject::Service(s));
    match mend {
        Mend::Place { service: s, site, servers, standby } => {
            let (s, site, n) = (service(s), name(Subject::Site(site)), grouped(f64::from(servers)));
            match standby {
                true => language.pick(
                    format!("{n} servers of {s} stand by in {site}"),
                    format!("{site}에 대기 서버 {n}대 — {s}"),
                ),
                false => language
                    .pick(format!("{n} servers of {s} in {site}"), format!("{site}에 서버 {n}대 — {s}")),
            }
        }
        Mend::Grow { pool, servers } => {
            let (s, site) = (name(Subject::Pool(pool)), language.of(&world[world[pool].site].name));
            let (m, n) = (grouped(f64::from(world[pool].servers)), grouped(f64::from(servers)));
            language.pick(
                format!("{n} servers of {s} in {site}, not {m}"),
                format!("{site} 서버 {m}대 → {n}대 — {s}"),
            )
        }
        Mend::MoveVoters { pool, site, voters } => {
            let (s, to) = (name(Subject::Pool(pool)), name(Subject::Site(site)));
            let from = language.of(&world[world[pool].site].name);
            language.pick(
                format!("{voters} voters of {s} in {to}, not {from}"),
                format!("정족수 구성원 {voters}대 {from} → {to} — {s}"),
            )
        }
        Mend::StartWithout { of, on } => {
            let (of, on) = (service(of), service(on));
            language.pick(format!("{of} starts without {on}"), format!("{on} 없이 기동 — {of}"))
        }
        Mend::ServeWithout { of, on } => {
            let (of, on) = (service(of), service(on));
            language.pick(
                format!("{of} has its own copy of what {on} holds"),
                format!("{on}의 사본을 따로 둠 — {of}"),
            )
        }
        Mend::CheckRate { service: s, rate } => {
            let (s, rate) = (service(s), rate as f64 / 1e9);
            language.pick(
                format!("data of {s} are checked at {rate:.1} GB/s"),
                format!("데이터 점검 속도 {rate:.1} GB/s — {s}"),
            )
        }
        Mend::RestoreRate { service: s, rate } => {
            let (s, rate) = (service(s), rate as f64 / 1e9);
            language.pick(
                format!("data of {s} are restored at {rate:.1} GB/s"),
                format!("데이터 복원 속도 {rate:.1} GB/s — {s}"),
            )
        }
        Mend::Backup { service: s, site } => {
            let (s, site) = (service(s), name(Subject::Site(site)));
            language.pick(format!("a backup of {s} in {site}"), format!("{site}에 백업 — {s}"))
        }
        Mend::Fresh { service: s, within } => {
            let s = service(s);
            match within {
                Span::ZERO => language.pick(
                    format!("{s} is copied before a write is acknowledged"),
                    format!("쓰기 확인 전에 복제(동기) — {s}"),
                ),
                _ => {
                    let secs = grouped(within.secs());
                    language.pick(
                        format!("copies of {s} no older than {secs} s"),
                        format!("사본을 {secs}초 안쪽으로 최신 유지 — {s}"),
                    )
                }
            }
        }
        _ => other_mend(world, mend, language),
    }
}

fn other_mend(world: &World, mend: Mend, language: Language) -> String {
    let name = |of: Subject| subject(world, of, language);
    match mend {
        Mend::Cord { pool, panel } => {
            let (s, panel) = (name(Subject::Pool(pool)), name(Subject::Element(panel)));
            language.pick(format!("{s} hangs on {panel} too"), format!("{panel}에도 연결 — {s}"))
        }
        Mend::Rate { element, kw } => {
            let element = name(Subject::Element(element));
            language.pick(format!("{element} built for {kw} kW"), format!("정격 {kw} kW — {element}"))
        }
        Mend::Machines { set, n } => {
            let set = name(Subject::Element(set));
            language.pick(format!("{n} machines in {set}"), format!("{n}대 — {set}"))
        }
        Mend::Fuel { set, hours } => {
            let set = name(Subject::Element(set));
            language.pick(format!("fuel for {hours} h in {set}"), format!("연료 {hours}시간분 — {set}"))
        }
        Mend::ChillerRestart(element) => {
            let element = name(Subject::Element(element));
            language.pick(format!("{element} starts again by itself"), format!("자동 재기동 — {element}"))
        }
        Mend::Wall { from, to } => {
            let (from, to) = (name(Subject::Room(from)), name(Subject::Room(to)));
            language.pick(format!("a wall between {from} and {to}"), format!("2시간 내화벽 — {from}, {to}"))
        }
        Mend::OwnRoom(element) => {
            let element = name(Subject::Element(element));
            language.pick(format!("{element} has a room of its own"), format!("별도의 방 — {element}"))
        }
        Mend::ZoneSwitch(site) => {
            let site = name(Subject::Site(site));
            language.pick(format!("a switch for each zone of {site}"), format!("구역별 차단기 — {site}"))
        }
        Mend::Hands { team, hands } => {
            let team = name(Subject::Team(team));
            language.pick(format!("{hands} hands in {team}"), format!("인원 {hands}명 — {team}"))
        }
        Mend::HoldDown { hours } => language.pick(
            format!("no second switch of a service within {hours} h"),
            format!("같은 서비스는 {hours}시간 안에 다시 전환하지 않음"),
        ),
        Mend::Authority => language
            .pick("whoever takes the alarm may say go", "경보를 받은 사람이 바로 전환 결정")
            .to_owned(),
        Mend::Commander => {
            language.pick("one commander as soon as somebody said go", "결정 즉시 지휘 일원화").to_owned()
        }
        Mend::Shed(s) => {
            let s = name(Subject::Service(s));
            language.pick(
                format!("{s} rejects what is too much for it"),
                format!("감당 못 할 요청은 바로 거부 — {s}"),
            )
        }
        Mend::Prewarm(s) => {
            let s = name(Subject::Service(s));
            language.pick(
                format!("caches of {s} are filled before they are relied on"),
                format!("캐시를 미리 채운 뒤 투입 — {s}"),
            )
        }
        Mend::OutOfBand => language
            .pick("a channel that none of the services carries", "자체 서비스와 무관한 비상 연락망")
            .to_owned(),
        _ => language
            .pick("the loss of a region practised every 90 days", "지역 전체 상실 훈련을 90일마다")
            .to_owned(),
    }
}

/// Names of services, the first few of many.
pub fn names(world: &World, services: &[ServiceId], language: Language) -> String {
    const MOST: usize = 6;
    let shown = services.iter().take(MOST).map(|&id| language.of(&world[id].name));
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if let Some(more) = services.len().checked_sub(MOST).filter(|more| *more > 0) {
        text += &language.pick(format!(" and {more} more"), format!(" 외 {more}개"));
    }
    text
}

/// Name of what a finding is about.
pub fn subject(world: &World, of: Subject, language: Language) -> String {
    let name = match of {
        Subject::Org => return language.pick("the organisation", "조직").to_owned(),
        Subject::Site(s) => &world[s].name,
        Subject::Room(r) => &world[r].name,
        Subject::Element(e) => &world[e].name,
        Subject::Pool(p) => &world[world[p].service].name,
        Subject::Service(s) => &world[s].name,
        Subject::Team(t) => &world.people.teams[t.index()].name,
    };
    language.of(name).to_owned()
}

//! What a finding says, in both languages.
//!
//! Names stand after a dash in Korean, so that no particle has to agree with a word that is not known here.

use bridge_engine::report::{Code, Finding};
use bridge_engine::trace::Subject;
use bridge_engine::world::{ServiceId, World};

use crate::language::Language;
use crate::numbers::{duration, grouped};

/// One sentence.
pub fn finding(world: &World, finding: &Finding, language: Language) -> String {
    let of = subject(world, finding.subject, language);
    let with = names(world, &finding.with, language);
    let hit = names(world, &finding.hit, language);
    let all = if with.is_empty() { of.clone() } else { format!("{of}, {with}") };
    let site = finding.site.map(|id| language.of(&world[id].name));
    let percent = finding.figure * 100.0;
    let time = duration(finding.figure.max(0.0));
    let servers = grouped(finding.figure);
    match finding.code {
        Code::GuardSharesFate => guard(&all, site, &hit, &time, language),
        Code::GuardUnreachable => language.pick(
            format!("{all} ran, cut off from the network, and could not help for {time}. Hit: {hit}"),
            format!("살아 있었지만 망이 끊겨 {time} 동안 돕지 못함 — {all} ({hit})"),
        ),
        Code::ControllerDeaf => language.pick(
            format!("{of} ran and heard nothing for {time}: {with} was down. Hit: {hit}"),
            format!("제어는 살아 있었지만 알려 주는 것이 {time} 동안 멈춤 — {of}: {with} ({hit})"),
        ),
        Code::ToolsLost => language.pick(
            format!("{servers} servers were started by hand: the tools were down — {all}"),
            format!("기동 도구가 멈춰 서버 {servers}대를 손으로 켬 — {all}"),
        ),
        Code::StandbyTooSmall => language.pick(
            format!("The standby of {of} could carry {percent:.0} % of its peak"),
            format!("대기 서버가 최대 부하의 {percent:.0} %만 감당 — {of}"),
        ),
        Code::CapacityElsewhere => language.pick(
            format!("What was left of {of} could carry {percent:.0} % of its peak"),
            format!("남은 서버가 최대 부하의 {percent:.0} %만 감당 — {of}"),
        ),
        Code::NoStandby => {
            let site = site.unwrap_or_default();
            language.pick(
                format!("{of} stood only in {site}: nothing elsewhere could serve it for {time}"),
                format!("{site}에만 있어 {time} 동안 다른 곳에서 이어받지 못함 — {of}"),
            )
        }
        Code::OneRegion => language.pick(
            format!("Every site of {of} stands in one region, and all were lost for {time}"),
            format!("모든 사이트가 한 지역에 있어 {time} 동안 함께 멈춤 — {of}"),
        ),
        Code::SinglePanel => language.pick(
            format!("All servers of {of} hung on one panel: one breaker took it for {time}"),
            format!("배전반 하나에만 물려 있어 차단기 하나로 {time} 동안 멈춤 — {of}"),
        ),
        Code::QuorumInOneSite => {
            let site = site.unwrap_or_default();
            language.pick(
                format!("{percent:.0} % of the voters of {of} stood in {site}"),
                format!("정족수 구성원의 {percent:.0} %가 한 사이트({site})에 있었음 — {of}"),
            )
        }
        Code::BootCycle => language.pick(
            format!("These waited for each other to start, up to {time}: {all}"),
            format!("서로가 켜지기를 최대 {time} 기다림 — {all}"),
        ),
        _ => people_and_buildings(finding.code, &of, &hit, site, &time, &servers, language),
    }
}

fn people_and_buildings(
    code: Code,
    of: &str,
    hit: &str,
    site: Option<&str>,
    time: &str,
    servers: &str,
    language: Language,
) -> String {
    match code {
        Code::SlowDecision => language.pick(
            format!("Switching waited up to {time} for somebody to say go: {hit}"),
            format!("전환 결정을 최대 {time} 기다림 — {hit}"),
        ),
        Code::NobodyInCommand => language.pick(
            format!(
                "With nobody in command, hands were on what mattered less for up to {time}: {hit} waited"
            ),
            format!("지휘가 없어 덜 급한 일에 손이 묶인 동안 최대 {time} 기다림 — {hit}"),
        ),
        Code::HandsShort => language.pick(
            format!("Work waited up to {time} for a free hand of {of}: {hit}"),
            format!("{of}의 일손이 모자라 최대 {time} 기다림 — {hit}"),
        ),
        Code::ChannelLost => language.pick(
            format!("The teams talked on {of}, which was down for {time}"),
            format!("복구팀의 대화 수단이 {time} 동안 함께 멈춤 — {of}"),
        ),
        Code::UpsUnderOneCeiling => language.pick(
            format!("{of} tripped {time} after the batteries under its ceiling caught fire: {hit}"),
            format!("같은 천장 아래 배터리의 불로 {time} 만에 차단 — {of}: {hit}"),
        ),
        Code::NoZoneSwitch => {
            let site = site.unwrap_or(of);
            language.pick(
                format!("All of {site} was switched off for the water, {servers} servers far from the fire with it"),
                format!("구역별 차단기가 없어 불과 먼 서버 {servers}대까지 전원 차단 — {site}"),
            )
        }
        Code::RtoBelowRestore => language.pick(
            format!("Starting {of} alone took {time}, longer than was promised"),
            format!("기동에만 {time} 걸려 약속한 복구 시간을 넘김 — {of}"),
        ),
        _ => language.pick(
            format!("{of} missed its recovery time by {time}"),
            format!("약속한 복구 시간을 {time} 넘김 — {of}"),
        ),
    }
}

fn guard(guards: &str, site: Option<&str>, hit: &str, time: &str, language: Language) -> String {
    match site {
        Some(site) => language.pick(
            format!("{guards} stood only in {site} and did nothing for {time} when it was needed: {hit}"),
            format!("{site}에만 있어 필요할 때 {time} 동안 함께 멈춤 — {guards}: {hit}"),
        ),
        None => language.pick(
            format!("{guards} went down with what they lean on and did nothing for {time} when it was needed: {hit}"),
            format!("의존하는 서비스와 함께 필요할 때 {time} 동안 멈춤 — {guards}: {hit}"),
        ),
    }
}

/// Names of services, the first few of many.
fn names(world: &World, services: &[ServiceId], language: Language) -> String {
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

//! A run for people: who lost what, for how long, and which bridges were broken.

use std::fmt::Write;

use bridge_engine::report::{Lost, Report, lost_to};
use bridge_engine::scenario::Scenario;
use bridge_engine::trace::{End, Trace};
use bridge_engine::world::{ServiceId, World};
use bridge_engine::{Span, Time};
use bridge_words::bridges;
use bridge_words::states::Named;

use crate::language::Language;
use crate::numbers::{duration, grouped};
use crate::table::{Align, table};

/// The report of a run.
pub fn result(scenario: &Scenario, trace: &Trace, report: &Report, language: Language) -> String {
    let world = &scenario.world;
    let mut text = head(world, trace, language);
    text.push('\n');
    text.push_str(&services(world, report, language));
    text.push('\n');
    text.push_str(&waterfalls(world, report, language));
    text.push_str(&backlogs(world, report, language));
    text.push_str(&sites(world, report, language));
    text.push('\n');
    text.push_str(&total(world, report, language));
    text.push_str(&super::money::text(world, report, language));
    if !report.findings.is_empty() {
        let _ = writeln!(text, "\n{}", language.pick("Broken bridges", "끊긴 다리"));
        for finding in &report.findings {
            let _ = writeln!(text, "  - {}", bridges::finding(language.locale(), world, finding));
        }
    }
    text
}

fn head(world: &World, trace: &Trace, language: Language) -> String {
    let title = language.of(&world.meta.title);
    let (seed, events, hash) = (trace.seed, trace.events.len(), trace.hash());
    let hours = trace.horizon.secs() / 3600.0;
    let mut text = language.pick(
        format!("{title}\n  {hours:.0} h, seed {seed}, {events} events, trace {hash:016x}\n"),
        format!("{title}\n  {hours:.0}시간, 시드 {seed}, 사건 {events}개, 기록 {hash:016x}\n"),
    );
    if trace.end == End::EventBudget {
        text.push_str(language.pick(
            "  Cut short: more events than a run may have.\n",
            "  한 번의 실행에 허용된 사건 수를 넘어 중간에 끝났습니다.\n",
        ));
    }
    text
}

fn services(world: &World, report: &Report, language: Language) -> String {
    let names = language.pick(
        [
            "Service",
            "lost",
            "known",
            "decided",
            "switched",
            "serving again",
            "whole again",
            "RTO",
            "RPO",
            "availability",
            "user-min lost",
        ],
        [
            "서비스",
            "장애 시작",
            "인지",
            "결정",
            "전환",
            "일부 복구",
            "완전 복구",
            "RTO",
            "RPO",
            "가용률",
            "잃은 이용자·분",
        ],
    );
    let mut rows = vec![names.map(str::to_owned).to_vec()];
    for index in shown(world) {
        let (service, of) = (&world.services[index], &report.services[index]);
        rows.push(vec![
            language.of(&service.name).to_owned(),
            clock(of.first_loss),
            clock(of.detected),
            clock(of.decided),
            clock(of.switched),
            clock(of.serving_again),
            clock(of.restored),
            kept(of.rto_over_s, language),
            kept(of.rpo_over_s, language),
            format!("{:.3} %", of.availability * 100.0),
            grouped(of.user_minutes_lost),
        ]);
    }
    let mut align = [Align::Right; 11];
    align[0] = Align::Left;
    table(&align, &rows)
}

/// A promise: kept, missed by so much, or none.
fn kept(over_s: Option<f64>, language: Language) -> String {
    match over_s {
        None => "–".to_owned(),
        Some(f64::INFINITY) => language.pick("all lost", "전부 유실").to_owned(),
        // Less than a minute is told in seconds.
        Some(over) if over > 0.0 && over < 60.0 => format!("+{over:.0} s"),
        Some(over) if over > 0.0 => format!("+{}", duration(over)),
        Some(_) => language.pick("met", "준수").to_owned(),
    }
}

/// Services in the order in which the author wrote them.
fn shown(world: &World) -> Vec<usize> {
    let mut order: Vec<usize> = (0..world.services.len()).collect();
    order.sort_by_key(|&index| world.services[index].order);
    order
}

/// Where the lost time of each service that lost any went.
fn waterfalls(world: &World, report: &Report, language: Language) -> String {
    let used = |what: &Lost| report.waterfalls.iter().any(|w| lost_to(w, *what) > Span::ZERO);
    let columns: Vec<Lost> = Lost::ALL.into_iter().filter(used).collect();
    let mut head = vec![
        language.pick("Where the time went", "시간이 걸린 곳").to_owned(),
        language.pick("lost", "장애 시간").to_owned(),
    ];
    head.extend(columns.iter().map(|&what| what.said(language.locale())));
    let mut rows = vec![head];
    for index in shown(world) {
        let (of, pieces) = (&report.services[index], &report.waterfalls[index]);
        if of.lost == Span::ZERO {
            continue;
        }
        let mut row = vec![language.of(&world.services[index].name).to_owned(), duration(of.lost.secs())];
        row.extend(columns.iter().map(|&what| match lost_to(pieces, what) {
            Span::ZERO => "–".to_owned(),
            time => duration(time.secs()),
        }));
        rows.push(row);
    }
    let mut align = vec![Align::Right; columns.len() + 2];
    align[0] = Align::Left;
    if rows.len() == 1 { String::new() } else { table(&align, &rows) + "\n" }
}

/// Work that had to wait, and when it was done.
fn backlogs(world: &World, report: &Report, language: Language) -> String {
    let head = language.pick(
        ["Backlogs", "began", "most", "drained", "late", "turned away"],
        ["밀린 일", "시작", "최대", "처리 완료", "지연", "거부"],
    );
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for index in shown(world) {
        let Some(of) = report.services[index].backlog else { continue };
        rows.push(vec![
            language.of(&world.services[index].name).to_owned(),
            clock(Some(of.began)),
            duration(of.most_s),
            clock(of.drained),
            duration(of.late_s),
            duration(of.refused_s),
        ]);
    }
    let mut align = [Align::Right; 6];
    align[0] = Align::Left;
    if rows.len() == 1 { String::new() } else { table(&align, &rows) + "\n" }
}

fn sites(world: &World, report: &Report, language: Language) -> String {
    let names = language.pick(
        ["Site", "power lost", "first power", "all power"],
        ["사이트", "전원 상실", "첫 전원", "전체 전원"],
    );
    let mut rows = vec![names.map(str::to_owned).to_vec()];
    let mut order: Vec<usize> = (0..world.sites.len()).collect();
    order.sort_by_key(|&index| world.sites[index].order);
    for (site, of) in order.iter().filter_map(|&index| world.sites.get(index).zip(report.sites.get(index))) {
        let name = language.of(&site.name).to_owned();
        rows.push(vec![name, clock(of.power_lost), clock(of.power_restored), clock(of.power_full)]);
    }
    table(&[Align::Left, Align::Right, Align::Right, Align::Right], &rows)
}

fn total(world: &World, report: &Report, language: Language) -> String {
    let total = &report.total;
    let mut rows = vec![
        vec![language.pick("Services hit", "영향받은 서비스").to_owned(), total.services_hit.to_string()],
        vec![language.pick("Sites hit", "영향받은 사이트").to_owned(), total.sites_hit.to_string()],
        vec![language.pick("First loss", "첫 장애").to_owned(), clock(total.first_loss)],
        vec![language.pick("Everything back", "전체 복구").to_owned(), clock(total.restored)],
        vec![
            language.pick("Most people at once", "최대 동시 영향 인원").to_owned(),
            grouped(total.peak_affected),
        ],
        vec![
            language.pick("User-minutes lost", "잃은 이용자·분").to_owned(),
            grouped(total.user_minutes_lost),
        ],
    ];
    let gone: Vec<ServiceId> = (0..world.services.len())
        .map(ServiceId::at)
        .filter(|s| report.services[s.index()].data_lost)
        .collect();
    if !gone.is_empty() {
        let name = language.pick("Data lost for good", "영구 데이터 손실").to_owned();
        rows.push(vec![name, bridges::names(language.locale(), world, &gone)]);
    }
    if total.exposure_s > 0.0 {
        let name = language.pick("Controls gone without", "통제 우회 시간").to_owned();
        rows.push(vec![name, duration(total.exposure_s)]);
    }
    let apart = report.services.iter().map(|s| s.diverged_s).fold(0.0, f64::max);
    if apart > 0.0 {
        let conflicts: f64 = report.services.iter().map(|s| f64::from(s.conflicts)).sum();
        let name =
            language.pick("Written apart, longest; conflicts", "따로 쓴 최장 시간, 충돌 키").to_owned();
        rows.push(vec![name, format!("{}; {}", duration(apart), grouped(conflicts))]);
    }
    if let Some(users) = report.users {
        let name = language.pick("Most users gone", "최대 이탈 인원").to_owned();
        rows.push(vec![name, format!("{} ({})", grouped(users.most), clock(Some(users.most_at)))]);
    }
    if let (Some(money), Some(cost)) = (total.money_lost, &world.cost) {
        let name = language.pick("Money lost", "손실액").to_owned();
        rows.push(vec![name, format!("{} {}", grouped(money), cost.currency)]);
    }
    table(&[Align::Left, Align::Right], &rows)
}

/// `127:41` after the beginning; a dash for never.
fn clock(time: Option<Time>) -> String {
    time.map_or("–".to_owned(), |time| duration(time.secs()))
}

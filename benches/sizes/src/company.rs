//! A company of any size, the same text every time.
//!
//! Six sites; layers of services that lean on the layer below; control tools below all of them; standbys elsewhere for half. The first
//! site burns. Everything that a larger company has more of it has in proportion: panels, electricians, hands, users' services.
//! What one service leans on does not grow.

use std::fmt::Write;

/// Sites.
pub const SITES: usize = 6;
const LAYERS: usize = 5;
/// Ordinary services on one panel of the site that burns.
const ON_A_PANEL: usize = 8;

/// The tools: key, and the rest of the line.
const TOOLS: [(&str, &str); 7] = [
    ("net", "role: network"),
    ("dns", "role: dns, boots: [net]"),
    ("config", "role: config, boots: [dns]"),
    ("monitor", "role: monitor, boots: [config]"),
    ("registry", "role: registry, boots: [config]"),
    ("deploy", "role: deploy, boots: [registry]"),
    ("failover", "role: controller, boots: [config, monitor]"),
];

/// The scenario with so many services; at least ten.
pub fn company(services: usize) -> String {
    let ordinary = services.max(TOOLS.len() + 3) - TOOLS.len();
    let panels = ordinary.div_ceil(SITES * ON_A_PANEL).max(2);
    let mut text = head(services, panels);
    for (index, (key, rest)) in TOOLS.iter().enumerate() {
        // Half of the tools have a second leg.
        let second = if index.is_multiple_of(2) {
            format!(", [s{}, 20, active]", 2 + index % 5)
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "  {key}: {{{rest}, tier: 0, place: [[s1/p{}, 20, active]{second}]}}",
            1 + index % panels
        );
    }
    for index in 0..ordinary {
        text.push_str(&service(index, ordinary, panels));
    }
    let (hands, app) = (services.max(40), services.div_ceil(5).max(10));
    let _ = write!(
        text,
        "controls:\n  promote: {{auto: 2m, manual: 57m, team: infra}}\n  boot: {{auto: {}/10m, manual: 3m/server, team: infra}}\n  \
         bypass: {{default: 4h, team: app}}\npeople:\n  teams: {{infra: {{hands: {hands}}}, app: {{hands: {app}}}}}\n  drill: {{last: 90d}}\n\
         cost: {{revenue: 22e9/d, fixed: 5e9}}\nscript: [{{at: 0s, ignite: s1/bat}}]\n",
        services * 20
    );
    text
}

fn head(services: usize, panels: usize) -> String {
    let mut text = format!(
        "# A company of {services} services, written by a program: `bridge-sizes write {services}`.\nschema: bridge/1\nmeta: {{id: \
         company-{services}, title: {{en: \"{services} services\", ko: \"서비스 {services}개\"}}, horizon: 7d}}\ndemand: {{users: 10M, \
         shape: diurnal}}\nregions: {{north: {{}}, south: {{}}}}\nsites:\n  s1:\n    region: north\n    operator: colocation\n    rooms:\n      bat: {{kind: \
         battery, lithium: true}}\n      ups: {{kind: ups}}\n      tray: {{kind: cable}}\n      elec: {{kind: electrical}}\n"
    );
    for panel in 1..=panels {
        let _ = writeln!(text, "      h{panel}: {{kind: hall}}");
    }
    text.push_str(
        "    fire:\n      spread: [[bat, ups, {mean: 25m}], [bat, tray, {mean: 20m}], [ups, elec, {barrier: 12h}]]\n      \
         water: {decide: 91m, cut: building, time: 6h}\n      clear: 20m\n    power:\n      utility: {street: {room: elec}}\n      \
         generators: {g: {n: 4, need: 3}}\n      ups: {ua: {room: ups, battery: bat, full: 15m}, ub: {room: ups, battery: bat, full: 15m}}\n      \
         panels:\n",
    );
    for panel in 1..=panels {
        let ups = if panel.is_multiple_of(2) { "ub" } else { "ua" };
        // One in eight lies on the tray that burns.
        let via = if panel.is_multiple_of(8) { ", via: [tray]" } else { "" };
        let _ = writeln!(text, "        p{panel}: {{room: h{panel}, from: [{ups}]{via}}}");
    }
    let crews = panels.div_ceil(4).max(3);
    let _ = writeln!(
        text,
        "      restore: {{crews: {crews}, inspect: 3h, recable: 48h, stage_max: 25%, stage_gap: 2h}}"
    );
    for site in 2..=SITES {
        let region = if site.is_multiple_of(2) { "north" } else { "south" };
        let _ = writeln!(text, "  s{site}: {{region: {region}, preset: tier3}}");
    }
    text.push_str("services:\n");
    text
}

/// An ordinary service: which layer, what it leans on, where it stands.
fn service(index: usize, ordinary: usize, panels: usize) -> String {
    let wide = ordinary.div_ceil(LAYERS);
    let (layer, column) = (index / wide, index % wide);
    let mut text = format!("  a{index}: {{tier: {}", (layer + 1).min(3));
    if layer + 1 == LAYERS || wide == 1 {
        let _ = write!(text, ", users: {}%", 1 + column % 5);
    }
    let mut boots = vec!["config".to_owned()];
    if layer > 0 {
        let below = |step: usize| (layer - 1) * wide + (column + step) % wide;
        let (first, second, soft) = (below(0), below(1), below(3));
        let mut needs = vec![format!("a{first}")];
        if index.is_multiple_of(3) && second != first {
            needs.push(format!("a{second}"));
        }
        if soft != first && soft != second {
            needs.push(format!("~a{soft}"));
        }
        let _ = write!(text, ", needs: [{}]", needs.join(", "));
        boots.push(format!("a{first}"));
    }
    let _ = write!(text, ", boots: [{}]", boots.join(", "));
    if index.is_multiple_of(4) {
        text.push_str(", data: {replication: {async: 5s}, size: 40TB, check_rate: 2GB/s}");
    }
    let home = 1 + index % SITES;
    let other = |step: usize| 1 + (index + step) % SITES;
    let at = |site: usize| {
        if site == 1 { format!("s1/p{}", 1 + index / SITES % panels) } else { format!("s{site}") }
    };
    let place = match index % 20 {
        7 => {
            text.push_str(", quorum: 3");
            format!("[{}, 1, active], [{}, 1, active], [{}, 1, active]", at(home), at(other(1)), at(other(2)))
        }
        odd if odd % 2 == 1 => {
            format!("[{}, 40, active], [{}, 30, standby]", at(home), at(other(1 + index % 5)))
        }
        _ => format!("[{}, 40, active]", at(home)),
    };
    let _ = writeln!(text, ", place: [{place}]}}");
    text
}

#[cfg(test)]
mod tests {
    use super::company;

    #[test]
    fn every_size_can_be_run_and_its_fire_is_felt() {
        for services in [10, 30, 100, 300] {
            let text = company(services);
            assert_eq!(text, company(services));
            let scenario = bridge_engine::scenario::open(&text).unwrap();
            assert_eq!(scenario.world.services.len(), services);
            let trace = bridge_engine::run(&scenario.world, &scenario.world.script, 1);
            let report = bridge_engine::report::report(&scenario.world, &trace);
            assert_eq!(trace.end, bridge_engine::trace::End::Horizon);
            assert!(report.total.services_hit * 6 >= services, "{services}: {}", report.total.services_hit);
        }
    }
}

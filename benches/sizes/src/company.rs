//! A company of any size, the same text every time.
//!
//! Six sites in three regions; layers of services that lean on the layer below, a product's services one above the other; control
//! tools below all of them; standbys elsewhere for half. The first site burns. Everything that a larger company has more of it has in proportion: panels, electricians, hands, users' services.
//! What one service leans on does not grow.

use std::fmt::Write;

/// Sites.
pub const SITES: usize = 6;
const LAYERS: usize = 5;
/// Ordinary services on one panel of the site that burns.
const ON_A_PANEL: usize = 8;

/// The regions, in English and Korean; every third site is in the same.
const REGIONS: [(&str, &str, &str); 3] =
    [("north", "North", "북부"), ("centre", "Centre", "중부"), ("south", "South", "남부")];

/// The tools: key, names, and the rest of the line.
const TOOLS: [(&str, &str, &str, &str); 8] = [
    ("net", "Network", "네트워크", "role: network"),
    ("dns", "DNS", "DNS", "role: dns, boots: [net]"),
    ("config", "Config store", "설정 저장소", "role: config, boots: [dns]"),
    ("monitor", "Monitor", "모니터링", "role: monitor, boots: [config]"),
    ("registry", "Image registry", "레지스트리", "role: registry, boots: [config]"),
    ("deploy", "Deployment", "배포 도구", "role: deploy, boots: [registry]"),
    ("failover", "Failover controller", "장애 조치 제어", "role: controller, boots: [config, monitor]"),
    ("admin", "Admin sign-in", "관리자 로그인", "role: admin, boots: [config]"),
];

/// What a company of this kind sells. The larger it is, the more of each there are.
const PRODUCTS: [(&str, &str); 20] = [
    ("Messenger", "메신저"),
    ("Pay", "페이"),
    ("Maps", "지도"),
    ("Taxi", "택시"),
    ("Shop", "쇼핑"),
    ("Mail", "메일"),
    ("Music", "음악"),
    ("Video", "동영상"),
    ("News", "뉴스"),
    ("Games", "게임"),
    ("Bank", "은행"),
    ("Cards", "카드"),
    ("Photos", "사진"),
    ("Calendar", "캘린더"),
    ("Drive", "드라이브"),
    ("Search", "검색"),
    ("Ads", "광고"),
    ("Stocks", "증권"),
    ("Health", "건강"),
    ("Comics", "웹툰"),
];

/// What stands where in a product, the lowest first; and who does the work on it.
const PARTS: [(&str, &str, &str); LAYERS] = [
    ("store", "저장소", "data"),
    ("index", "색인", "data"),
    ("engine", "엔진", "app"),
    ("API", "API", "app"),
    ("app", "앱", "app"),
];

/// The scenario with so many services; at least ten.
#[must_use]
pub fn company(services: usize) -> String {
    let ordinary = services.max(TOOLS.len() + 2) - TOOLS.len();
    let panels = ordinary.div_ceil(SITES * ON_A_PANEL).max(2);
    let mut text = head(services, panels);
    for (index, (key, en, ko, rest)) in TOOLS.iter().enumerate() {
        // Half of the tools have a second leg.
        let second = if index.is_multiple_of(2) {
            format!(", [s{}, 20, active]", 2 + index % 5)
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "  {key}: {{name: {{en: {en}, ko: {ko}}}, {rest}, tier: 0, place: [[s1/p{}, 20, active]{second}]}}",
            1 + index % panels
        );
    }
    for index in 0..ordinary {
        text.push_str(&service(index, ordinary, panels));
    }
    let (hands, part) = (services.max(40), services.div_ceil(10).max(6));
    let _ = write!(
        text,
        "controls:\n  promote: {{auto: 2m, manual: 57m, team: infra}}\n  boot: {{auto: {}/10m, manual: 3m/server, team: infra}}\n  \
         bypass: {{default: 4h, team: app}}\npeople:\n  teams:\n    infra: {{hands: {hands}, name: {{en: Infrastructure, ko: \
         인프라팀}}}}\n    data: {{hands: {part}, name: {{en: Data, ko: 데이터팀}}}}\n    app: {{hands: {part}, name: {{en: Products, ko: 서비스팀}}}}\n  drill: {{last: 90d}}\n\
         cost: {{revenue: 22e9/d, fixed: 5e9}}\nscript: [{{at: 0s, ignite: s1/bat}}]\n",
        services * 20
    );
    text
}

fn head(services: usize, panels: usize) -> String {
    let mut text = format!(
        "# A company of {services} services, written by a program: `bridge-sizes write {services}`.\nschema: bridge/1\nmeta: {{id: \
         company-{services}, title: {{en: \"{services} services\", ko: \"서비스 {services}개\"}}, horizon: 7d}}\ndemand: {{users: 10M, \
         shape: diurnal}}\nregions:\n"
    );
    for (key, en, ko) in REGIONS {
        let _ = writeln!(text, "  {key}: {{name: {{en: {en}, ko: {ko}}}}}");
    }
    let _ = write!(
        text,
        "sites:\n  s1:\n    {}\n    region: {}\n    operator: colocation\n    rooms:\n      bat: {{kind: battery, lithium: true, name: {{en: \
         Batteries, ko: 배터리실}}}}\n      ups: {{kind: ups, name: {{en: UPS, ko: UPS실}}}}\n      tray: {{kind: cable, name: {{en: Cables, \
         ko: 케이블실}}}}\n      elec: {{kind: electrical, name: {{en: Intake, ko: 수변전실}}}}\n",
        site_name(1),
        region(1).0
    );
    for panel in 1..=panels {
        let _ =
            writeln!(text, "      h{panel}: {{kind: hall, name: {{en: Hall {panel}, ko: 전산실 {panel}}}}}");
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
        let _ =
            writeln!(text, "  s{site}: {{{}, region: {}, preset: tier3}}", site_name(site), region(site).0);
    }
    text.push_str("services:\n");
    text
}

const fn region(site: usize) -> (&'static str, &'static str, &'static str) {
    REGIONS[(site - 1) % REGIONS.len()]
}

/// Two sites in a region: 1 and 2.
fn site_name(site: usize) -> String {
    let (_, en, ko) = region(site);
    let number = (site - 1) / REGIONS.len() + 1;
    format!("name: {{en: {en} {number}, ko: {ko} {number}}}")
}

/// A product's part, numbered from the second product of a kind on.
fn service_name(layer: usize, column: usize) -> String {
    let ((en, ko), (part, part_ko, _)) = (PRODUCTS[column % PRODUCTS.len()], PARTS[layer]);
    let number = match column / PRODUCTS.len() {
        0 => String::new(),
        more => format!(" {}", more + 1),
    };
    format!("name: {{en: {en} {part}{number}, ko: {ko} {part_ko}{number}}}, team: {}", PARTS[layer].2)
}

/// An ordinary service: which layer, what it leans on, where it stands.
fn service(index: usize, ordinary: usize, panels: usize) -> String {
    let wide = ordinary.div_ceil(LAYERS);
    let (layer, column) = (index / wide, index % wide);
    let mut text = format!("  a{index}: {{{}, tier: {}", service_name(layer, column), (layer + 1).min(3));
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

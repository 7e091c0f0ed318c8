//! Everything that can be wrong with a document, where it is said to be, and that all of it is said.

use bridge_engine::scenario::{Diagnostic, Severity, open};

const SMALL: &str = include_str!("scenarios/small.yaml");
const LARGE: &str = include_str!("scenarios/large.yaml");

fn errors(text: &str) -> Vec<Diagnostic> {
    open(text).err().unwrap_or_default()
}

fn warnings(text: &str) -> Vec<Diagnostic> {
    match open(text) {
        Ok(scenario) => scenario.warnings,
        Err(errors) => errors,
    }
}

fn line(found: &Diagnostic) -> String {
    format!("{}:{} {} {}", found.line, found.column, found.code, found.path).trim_end().to_owned()
}

/// A document with something replaced says exactly this.
type Row<'a> = (&'a str, &'a str, &'a [&'a str]);

fn check(document: &str, find: fn(&str) -> Vec<Diagnostic>, rows: &[Row<'_>]) {
    let mut wrong = String::new();
    for (from, to, expect) in rows {
        assert!(document.contains(from), "the document has no {from}");
        let found: Vec<String> = find(&document.replacen(from, to, 1)).iter().map(line).collect();
        if found != *expect {
            wrong.push_str(&format!("{from} → {to}\n  found    {found:?}\n  expected {expect:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn writing() {
    check(
        SMALL,
        errors,
        &[
            ("{id: small", "{id: small]", &["2:17 parse meta"]),
            ("{users: 50k}", "*people", &["3:9 parse demand"]),
            ("{users: 50k}", "!many {users: 50k}", &["3:9 unsupported demand"]),
            ("script:", "---\nscript:", &["11:1 unsupported"]),
            ("{users: 50k}", "{? [users] : 50k}", &["3:12 unsupported demand"]),
            ("  main: {}", "  main: {}\n  main: {}", &["6:3 duplicate-key sites.main"]),
            ("needs: [db]", "need: [db]", &["9:32 unknown-key services.shop.need"]),
            ("{users: 50k}", "{}", &["3:1 missing-key demand"]),
            ("{users: 50k}", "[50k]", &["3:9 wrong-type demand"]),
            ("users: 50k", "users: [50k]", &["3:17 wrong-type demand.users"]),
            ("horizon: 3d", "horizon: 3 fortnights", &["2:66 bad-unit meta.horizon"]),
            ("horizon: 3d", "horizon: 3000d", &["2:66 out-of-range meta.horizon"]),
            ("horizon: 3d", "horizon: -3d", &["2:66 out-of-range meta.horizon"]),
            ("horizon: 3d", "t0: yesterday", &["2:61 bad-unit meta.t0"]),
            ("role: monitor", "role: monitr", &["10:17 unknown-choice services.watch.role"]),
            ("bridge/1", "bridge/2", &["1:9 schema schema"]),
            ("[main, 1]", "[main]", &["10:34 wrong-parts services.watch.place[0]"]),
            ("[main, 1]", "main", &["10:34 wrong-type services.watch.place[0]"]),
            ("watch: {", "'wat ch': {", &["10:3 bad-name services.wat ch"]),
        ],
    );
    assert_eq!(errors("").iter().map(line).collect::<Vec<_>>(), ["1:1 empty"]);
    assert_eq!(errors("[]").iter().map(line).collect::<Vec<_>>()[0], "1:1 wrong-type");
}

#[test]
fn meaning() {
    check(
        SMALL,
        errors,
        &[
            ("needs: [db]", "needs: [bd]", &["9:40 dangling services.shop.needs[0]"]),
            ("needs: [db]", "needs: [shop]", &["9:40 self-need services.shop.needs[0]"]),
            (
                "shop: {tier: 1, users: 100%, needs: [db]",
                "x: {needs: [{on: db, calls: 70%}], place: [[main, 1]]}\n  shop: {tier: 1, users: 100%, needs: [{on: db, calls: 40%}]",
                &["8:3 calls-over-one services.db"],
            ),
            ("needs: [db]", "needs: [db, ~db]", &["9:44 duplicate-id services.shop.needs[1]"]),
            ("boots: [db]", "boots: [db, db]", &["9:57 duplicate-id services.shop.boots[1]"]),
            ("[main, 1]", "[mian, 1]", &["10:35 dangling services.watch.place[0][0]"]),
            ("[main, 1]", "[main/px, 1]", &["10:35 dangling services.watch.place[0][0]"]),
            ("[main, 1]", "[main, 1, standby]", &["10:3 no-active services.watch"]),
            ("[main, 1]", "[main, 0]", &["10:41 out-of-range services.watch.place[0][1]"]),
            ("role: monitor", "quorum: 3", &["10:11 quorum-mismatch services.watch.quorum"]),
            ("main/bat", "main/batt", &["11:27 dangling script[0].ignite"]),
            ("main/bat", "battery", &["11:27 bad-target script[0].ignite"]),
            ("ignite: main/bat", "trip: main/ua", &["11:25 bad-target script[0].trip"]),
            ("ignite: main/bat", "fail: main/ux", &["11:25 dangling script[0].fail"]),
            ("ignite: main/bat", "fail: street", &["11:25 bad-target script[0].fail"]),
            ("ignite: main/bat", "trip: main/pa, lasts: 1h", &["11:10 wrong-parts script[0]"]),
            ("ignite: main/bat", "crash: watch@spare", &["11:26 no-pool script[0].crash"]),
            ("ignite: main/bat", "crash: clock@spare", &["11:26 dangling script[0].crash"]),
            ("ignite: main/bat", "", &["11:10 wrong-parts script[0]"]),
            ("at: 0s,", "at: 4d,", &["11:10 after-horizon script[0]"]),
            (
                "main: {}",
                "main: {power: {panels: {pa: {}}}}",
                &["5:27 orphan-panel sites.main.power.panels.pa", "11:27 dangling script[0].ignite"],
            ),
        ],
    );
    check(
        SMALL,
        errors,
        &[
            (
                "main: {}",
                "main: {preset: tier2, power: {panels: {pa: {kw: 2kW}}}}",
                &["5:47 overloaded sites.main.power.panels.pa.kw"],
            ),
            (
                "main: {}",
                "main: {preset: tier2, power: {ups: {ua: {kw: 1kW}}}}",
                &["5:44 overloaded sites.main.power.ups.ua.kw"],
            ),
            (
                "main: {}",
                "main: {preset: tier2, power: {panels: {pc: {from: [pd]}, pd: {from: [pc]}}}}",
                &["5:42 power-cycle sites.main.power.panels.pc"],
            ),
            (
                "main: {}",
                "main: {preset: tier2, power: {panels: {ua: {}}}}",
                &["5:42 duplicate-id sites.main.power.panels.ua"],
            ),
            (
                "  main: {}",
                "  main: {preset: tier2, power: {panels: {pc: {from: [ux]}}}}",
                &["5:54 dangling sites.main.power.panels.pc.from[0]"],
            ),
        ],
    );
    let powerless = SMALL.replace("preset: tier1", "power: {utility: {street: }}");
    assert!(errors(&powerless).iter().any(|found| found.code == "no-panel"), "{:?}", errors(&powerless));
}

#[test]
fn incidents_and_lines() {
    check(
        SMALL,
        errors,
        &[
            ("ignite: main/bat", "cut: mian", &["11:24 dangling script[0].cut"]),
            ("ignite: main/bat", "cut: [main, main]", &["11:31 bad-target script[0].cut[1]"]),
            ("ignite: main/bat", "cut: [main]", &["11:24 wrong-parts script[0].cut"]),
            ("ignite: main/bat", "heal: [main, spaer]", &["11:32 dangling script[0].heal[1]"]),
            ("ignite: main/bat", "heal: main, lasts: 1h", &["11:10 wrong-parts script[0]"]),
            ("ignite: main/bat", "ignite: main/bat, announced: true", &["11:10 wrong-parts script[0]"]),
            ("ignite: main/bat", "ignite: main/bat, noticed: false", &["11:10 wrong-parts script[0]"]),
            ("ignite: main/bat", "gorilla: main, mistake: true", &["11:10 wrong-parts script[0]"]),
            ("ignite: main/bat", "gorilla: nowhere", &["11:28 dangling script[0].gorilla"]),
            ("ignite: main/bat", "kong: nowhere", &["11:25 dangling script[0].kong"]),
            ("ignite: main/bat", "monkey: clock@main", &["11:27 dangling script[0].monkey"]),
            (
                "script:",
                "controls: {promote: {guard: witness}}\nscript:",
                &["11:12 missing-key controls.promote"],
            ),
            (
                "script:",
                "controls: {promote: {guard: witness, witness: moon}}\nscript:",
                &["11:47 dangling controls.promote.witness"],
            ),
            ("ignite: main/bat", "kill: watch@spare", &["11:25 no-pool script[0].kill"]),
            ("ignite: main/bat", "crash: watch@main/2", &["11:26 bad-target script[0].crash"]),
            ("ignite: main/bat", "crash: watch@main/0", &["11:26 bad-target script[0].crash"]),
            ("ignite: main/bat", "crash: watch@main/x", &["11:26 bad-target script[0].crash"]),
            (
                "script: [{at: 0s, ignite: main/bat}]",
                "network: {links: [[main, users]]}\nscript: [{at: 0s, cut: [main, spare]}]",
                &["12:31 bad-target script[0].cut[1]"],
            ),
            (
                "script:",
                "network: {links: [[main], [main, here], [main, spare, watches]], team: nobody}\nscript:",
                &[
                    "11:19 wrong-parts network.links[0]",
                    "11:34 dangling network.links[1][1]",
                    "11:55 dangling network.links[2][2]",
                    "11:72 dangling network.team",
                ],
            ),
        ],
    );
}

#[test]
fn people_and_money() {
    check(
        SMALL,
        errors,
        &[
            ("role: monitor", "team: nobody", &["10:17 dangling services.watch.team"]),
            (
                "script:",
                "third_parties: {mall: {needs: [login]}, bank: {}}\nscript:",
                &["11:32 dangling third_parties.mall.needs[0]", "11:41 missing-key third_parties.bank"],
            ),
            (
                "script:",
                "people: {notice: {via: page, team: pr, when: never}}\nscript:",
                &[
                    "11:24 dangling people.notice.via",
                    "11:36 dangling people.notice.team",
                    "11:46 unknown-choice people.notice.when",
                ],
            ),
            (
                "script:",
                "people: {command: {priority: valu}}\nscript:",
                &["11:30 unknown-choice people.command.priority"],
            ),
            (
                "script:",
                "people: {drills: {kong: {every: 1y, hours: 9h, teams: [ops]}}}\nscript:",
                &["11:56 dangling people.drills.kong.teams[0]"],
            ),
            (
                "script:",
                "people: {teams: {ops: {hands: 3, shifts: [{from: 22, to: 7, hands: 4}]}}}\nscript:",
                &["11:43 large-shift people.teams.ops.shifts[0]"],
            ),
            (
                "main: {}",
                "main: {operator: managed, landlord: {hands: 0}}",
                &["5:29 no-hands sites.main.landlord"],
            ),
        ],
    );
}

#[test]
fn reserves() {
    check(
        SMALL,
        errors,
        &[
            ("[main, 1]", "[main, backup]", &["10:34 no-data services.watch.place[0]"]),
            (
                "[main, 1]",
                "{at: main, servers: 1, running: 1}",
                &["10:34 bad-running services.watch.place[0]"],
            ),
            (
                "[spare, 8, standby]",
                "{at: spare, servers: 8, running: 9, role: pilot}",
                &["9:78 bad-running services.shop.place[1]"],
            ),
            ("[main, 1]", "{at: main, role: cold}", &["10:34 missing-key services.watch.place[0]"]),
        ],
    );
}

#[test]
fn copies_of_data() {
    let data = |fields: &str| format!("role: monitor, data: {{{fields}}}");
    let rows = [
        ("send: {writes: 1MB/s}", "missing-key services.watch.data.send"),
        ("send: {writes: 1MB/s, rate: fast}", "bad-unit services.watch.data.send.rate"),
        ("replication: {semi_sync: soon}", "bad-unit services.watch.data.replication.semi_sync"),
        ("replication: {later: 5s}", "unknown-key services.watch.data.replication.later"),
        ("replication: twice", "unknown-choice services.watch.data.replication"),
        ("conflicts: {writes: 5/s, keys: 0}", "out-of-range services.watch.data.conflicts.keys"),
        ("backup: {at: nowhere}", "dangling services.watch.data.backup.at"),
        ("backup: {every: 0s}", "out-of-range services.watch.data.backup.every"),
    ];
    for (fields, expected) in rows {
        let found = errors(&SMALL.replace("role: monitor", &data(fields)));
        let said = |d: &Diagnostic| format!("{} {}", d.code, d.path);
        assert!(found.iter().any(|d| said(d) == expected), "{fields}: {found:?}");
    }
}

#[test]
fn load_and_shocks() {
    check(
        SMALL,
        errors,
        &[
            (
                "needs: [db]",
                "needs: [db], cache: {of: watch}",
                &["9:53 cache-of-no-need services.shop.cache.of"],
            ),
            (
                "needs: [db]",
                "needs: [db], cache: {of: db, hit: 1}",
                &["9:66 out-of-range services.shop.cache.hit"],
            ),
            ("role: monitor", "backlog: {}, quorum: 1", &["10:11 quorum-backlog services.watch.backlog"]),
            ("ignite: main/bat", "shock: r/quake", &["11:26 bad-target script[0].shock"]),
            (
                "sites:",
                "regions: {r: {shocks: {q: {every: 1h, sites: {mian: 1}}}}}\nsites:",
                &[
                    "4:35 out-of-range regions.r.shocks.q.every",
                    "4:53 dangling regions.r.shocks.q.sites.mian",
                ],
            ),
        ],
    );
}

#[test]
fn everything_wrong_is_said_at_once() {
    let text = SMALL
        .replace("users: 50k", "users: fifty")
        .replace("needs: [db]", "neeeds: [db]")
        .replace("role: monitor", "role: guard")
        .replace("main/bat", "main/attic")
        .replace("[spare, 8, standby]", "[space, 8, standby]");
    let codes: Vec<_> = errors(&text).into_iter().map(|found| found.code).collect();
    assert_eq!(codes, ["bad-unit", "unknown-key", "dangling", "unknown-choice", "dangling"]);
}

#[test]
fn mistakes_come_with_a_way_out() {
    let rows = [
        ("needs: [db]", "need: [db]", "did you mean ‘needs’?"),
        ("needs: [db]", "needs: [shp]", "did you mean ‘shop’?"),
        ("role: monitor", "role: monitr", "did you mean ‘monitor’?"),
        ("horizon: 3d", "horizon: 3", "write it like 12h, 7d"),
        ("{users: 50k}", "{}", "add ‘users: 50k’"),
        ("role: monitor", "quorum: 3", "write ‘quorum: 1’"),
        ("main/bat", "main/attic", "choose from: bat, gen, hall, main, ups"),
    ];
    for (from, to, expect) in rows {
        let found = errors(&SMALL.replacen(from, to, 1));
        assert_eq!(found[0].suggestion.as_ref().map(|text| &*text.en), Some(expect), "{from} → {to}");
        assert!(found.iter().all(|found| !found.message.ko.is_empty() && !found.message.en.is_empty()));
    }
}

#[test]
fn designs_worth_a_second_look() {
    let usual = &["8:55 small-standby services.db.place", "10:3 shared-fate services.watch"];
    check(
        SMALL,
        warnings,
        &[
            ("schema", "schema", usual),
            ("[spare, 2, standby]", "[spare, 3, standby]", &usual[1..]),
            ("[main, 1]", "[main, 1], [spare, 1]", &usual[..1]),
            ("role: monitor", "boots: [shop]", &usual[..1]),
            (
                "role: monitor, place: [[main, 1]]",
                "quorum: 2, place: [[main, 1], [spare, 1]]",
                &[
                    usual[0],
                    "10:11 even-quorum services.watch.quorum",
                    "10:11 quorum-in-one-site services.watch.quorum",
                    "10:11 quorum-in-one-site services.watch.quorum",
                ],
            ),
            ("rto: 1h", "rto: 1m", &[usual[0], "9:3 tight-objective services.shop", usual[1]]),
            ("role: monitor", "objective: {rto: 1h}", &[usual[0], "10:3 no-standby services.watch"]),
            ("role: monitor", "boots: [watch]", &[usual[0], "10:11 boot-cycle services.watch.boots"]),
            (
                "main: {}",
                "main: {landlord: {entry: 2h}}",
                &["5:10 no-landlord sites.main.landlord", usual[0], usual[1]],
            ),
            ("main: {}", "main: {notice: 2h}", &["5:10 no-landlord sites.main.notice", usual[0], usual[1]]),
            (
                "script:",
                "controls: {bypass: {edges: {shop>watch: 1h}}}\nscript:",
                &[usual[0], usual[1], "11:29 unused-bypass controls.bypass.edges.shop>watch"],
            ),
            (
                "role: monitor, place: [[main, 1]]}",
                "stack: cobol, place: [[main, 1]]}\npeople: {teams: {ops: {hands: 3, stacks: [java]}}}",
                &[usual[0], "10:11 unknown-stack services.watch.stack"],
            ),
            (
                "main: {}",
                "main: {preset: tier2, power: {panels: {pa: {kw: 3kW}}}}",
                &["5:47 thin-panel sites.main.power.panels.pa.kw", usual[0], usual[1]],
            ),
        ],
    );
    let found: Vec<String> = warnings(LARGE).iter().map(line).collect();
    assert_eq!(
        found,
        [
            "41:13 boot-cycle services.auth.boots",
            "41:57 small-standby services.auth.place",
            "45:5 small-standby services.kv.place",
            "46:30 quorum-in-one-site services.mq.quorum",
            "50:3 shared-fate services.monitor",
            "51:3 shared-fate services.failover",
            "60:5 small-standby services.talk.place",
            "61:91 small-standby services.pay.place",
        ]
    );
}

#[test]
fn a_boot_cycle_is_told_with_its_way_round() {
    let found = warnings(
        &LARGE.replace("edges: {auth>registry: 4h, registry>auth: 1h}", "").replace("default: 8h, ", ""),
    );
    let cycle = found.iter().find(|found| found.code == "boot-cycle").unwrap();
    assert!(cycle.message.en.contains("auth → registry → auth"), "{}", cycle.message.en);
    assert_eq!(cycle.suggestion.as_ref().unwrap().en, "add to controls.bypass.edges: auth>registry: 4h");
}

#[test]
fn warnings_do_not_forbid() {
    assert!(warnings(LARGE).iter().all(|found| found.severity == Severity::Warning));
}

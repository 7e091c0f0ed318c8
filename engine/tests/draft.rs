//! A document that is changed and written again says what it said, but for the change.

mod common;

use bridge_engine::scenario::draft::{Draft, Node, Path, Step};
use bridge_engine::scenario::{open, open_with_values};
use common::KAKAO;
use common::company::company;
use proptest::prelude::*;

fn scalar(text: &str) -> Node {
    Node::Scalar(text.to_owned())
}

fn read(text: &str) -> Draft {
    let draft = Draft::read(text);
    assert!(draft.is_ok(), "{draft:?} in\n{text}");
    draft.unwrap_or_default()
}

/// A document's meaning without the places in its text.
fn meaning(text: &str) -> Option<(bridge_engine::World, Vec<bridge_engine::scenario::Fact>, Vec<String>)> {
    let scenario = open(text);
    assert!(scenario.is_ok(), "{scenario:?} in\n{text}");
    let scenario = scenario.ok()?;
    let warnings = scenario.warnings.iter().map(|w| format!("{} {}", w.code, w.path)).collect();
    Some((scenario.world, scenario.facts, warnings))
}

#[test]
fn every_scenario_means_the_same_when_it_is_written_again() {
    let mut seen = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/scenarios")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let written = read(&text).text();
        assert_eq!(meaning(&written), meaning(&text));
        assert_eq!(read(&written).text(), written, "and is written the same way the next time");
        assert!(written.lines().all(|line| line.chars().count() < 400), "in lines that can be read");
        seen += 1;
    }
    assert!(seen >= 10, "{seen} scenarios");
}

#[test]
fn a_value_is_set_where_it_was_and_where_it_was_not() {
    let mut draft = read("schema: bridge/1\nmeta: {id: a}\nservices:\n  a: {place: [[main, 10]]}\n");
    let place = Path::keys(["services", "a", "place"]);
    let servers = place.index(0).index(1);
    assert_eq!(servers.to_string(), "services.a.place[0][1]");
    assert_eq!(draft.get(&servers), Some(&scalar("10")));
    assert!(draft.set(&servers, scalar("12")));
    assert!(draft.set(&place.index(1), Node::List(vec![scalar("other"), scalar("3"), scalar("standby")])));
    assert!(draft.set(&Path::keys(["controls", "boot", "auto"]), scalar("100/10m")));
    let wanted = "schema: bridge/1\n\nmeta:\n  id: a\n\nservices:\n  a: {place: [[main, 12], [other, 3, standby]]}\n\n\
                  controls:\n  boot: {auto: 100/10m}\n";
    assert_eq!(draft.text(), wanted);
}

#[test]
fn what_stands_in_the_way_is_left_alone() {
    let text = "schema: bridge/1\nmeta: {id: a}\nlist: [1, 2]\n";
    let mut draft = read(text);
    let before = draft.clone();
    let ways = [
        Path::keys(["schema", "deeper"]),
        Path::keys(["list", "a"]),
        Path::keys(["list"]).index(3),
        Path::keys(["meta", "id"]).index(0),
        Path::keys(["new"]).index(1),
    ];
    for way in &ways {
        assert!(!draft.set(way, scalar("x")), "{way}");
        assert_eq!(draft.remove(way), None, "{way}");
        assert_eq!(draft, before, "{way}");
    }
    assert!(!draft.rename(&Path::keys(["meta"]), "list"), "two things cannot have one name");
    assert!(!draft.rename(&Path::keys(["nothing"]), "something"));
    assert!(draft.rename(&Path::keys(["meta"]), "about"));
    assert_eq!(draft.remove(&Path::keys(["list"]).index(0)), Some(scalar("1")));
    assert_eq!(draft.text(), "schema: bridge/1\n\nabout:\n  id: a\n\nlist:\n  - 2\n");
}

#[test]
fn a_text_that_cannot_be_read_says_where() {
    let errors = Draft::read("schema: bridge/1\nmeta: {id: [}\n").unwrap_err();
    assert_eq!((&*errors[0].code, errors[0].line), ("parse", 2));
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9~%./ -]{0,12}",
        "[ -~]{0,12}",
        any::<String>().prop_map(|s| s.chars().take(20).collect()),
        proptest::sample::select(vec![
            "",
            "~",
            "null",
            "true",
            "끊긴 다리",
            "#a",
            "a: b",
            "- x",
            "---",
            "%",
            "'",
            "\u{feff}"
        ])
        .prop_map(str::to_owned),
    ]
}

fn any_node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![Just(Node::Null), word().prop_map(Node::Scalar)];
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Node::List),
            proptest::collection::btree_map(word(), inner, 0..8)
                .prop_map(|m| Node::Map(m.into_iter().collect())),
        ]
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![word().prop_map(Step::Key), (0..4_usize).prop_map(Step::Index)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(root in any_node()) {
        let mut draft = Draft::default();
        prop_assert!(draft.set(&Path::default(), root));
        // A document of nothing at all is not one.
        if draft.get(&Path::default()) != Some(&Node::Null) {
            prop_assert_eq!(read(&draft.text()), draft);
        }
    }

    #[test]
    fn what_is_set_is_there_and_what_is_removed_is_gone(
        root in any_node(),
        way in proptest::collection::vec(any_step(), 1..4),
        value in any_node(),
    ) {
        let mut draft = Draft::default();
        prop_assert!(draft.set(&Path::default(), root));
        let (before, way) = (draft.clone(), Path(way));
        if draft.set(&way, value.clone()) {
            prop_assert_eq!(draft.get(&way), Some(&value));
            prop_assert_eq!(draft.remove(&way), Some(value));
        } else {
            prop_assert_eq!(draft, before);
        }
    }

    #[test]
    fn a_company_means_the_same_when_it_is_written_again(company in company()) {
        let text = company.text(&company.in_order());
        prop_assert_eq!(meaning(&read(&text).text()), meaning(&text));
    }
}

#[test]
fn kakao_is_written_as_a_person_would() {
    let text = read(KAKAO).text();
    assert!(text.starts_with("schema: bridge/1\n\nmeta:\n"), "{text}");
    assert!(text.len() < KAKAO.len() * 3 / 2, "{} bytes of {}", text.len(), KAKAO.len());
}

#[test]
fn what_a_diagnostic_names_is_found_in_the_draft() {
    let text = "a: {b.c: [1, {x: 2}], b: 3, \"d[0]\": 4}\n";
    let draft = Draft::read(text).unwrap();
    for (written, found) in [
        ("a.b.c[1].x", Some(Node::Scalar("2".into()))),
        ("a.b", Some(Node::Scalar("3".into()))),
        ("a.d[0]", Some(Node::Scalar("4".into()))),
        ("", draft.get(&Path::default()).cloned()),
    ] {
        assert_eq!(draft.get(&draft.find(written)).cloned(), found, "{written}");
    }
    // As far as there is something.
    assert_eq!(draft.find("a.b.c[7].x").to_string(), "a.b.c");
    for file in std::fs::read_dir("../assets/scenarios").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let broken = text.replace("needs: [", "needs: [nowhere, ");
        let draft = Draft::read(&broken).unwrap();
        for diagnostic in open(&broken).err().unwrap_or_default() {
            assert_eq!(draft.find(&diagnostic.path).to_string(), diagnostic.path);
        }
    }
}

#[test]
fn a_text_is_read_once_for_its_world_and_its_values() {
    for file in std::fs::read_dir("../assets/scenarios").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let (scenario, values) = open_with_values(&text).unwrap();
        assert_eq!((scenario, values), (open(&text).unwrap(), Draft::with_presets(&text).unwrap()));
        let broken = text.replace("needs: [", "needs: [nowhere, ");
        assert_eq!(open_with_values(&broken).err(), open(&broken).err());
    }
}

#[test]
fn a_draft_with_presets_opens_as_the_same_world() {
    for file in std::fs::read_dir("../assets/scenarios").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut whole = Draft::with_presets(&text).unwrap();
        let sites: Vec<String> = match whole.get(&Path::keys(["sites"])) {
            Some(Node::Map(sites)) => sites.iter().map(|site| site.0.clone()).collect(),
            _ => Vec::new(),
        };
        for site in sites {
            whole.remove(&Path::keys(["sites", &site, "preset"]));
        }
        assert_eq!(open(&whole.text()).unwrap().world, open(&text).unwrap().world);
    }
}

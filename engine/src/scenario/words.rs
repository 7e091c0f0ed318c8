//! How each problem is said in English and Korean.
//!
//! Names stand after a colon in Korean, so that no particle has to agree with a word that is not known here.

use std::fmt;

use super::diagnostic::{Form, Limit, Problem, Thing, Unsupported};
use super::tree::Tree;
use crate::world::Text;

macro_rules! text {
    ($en:literal, $ko:literal) => {
        Text { en: format!($en), ko: format!($ko) }
    };
}

impl Problem {
    /// What it is.
    pub fn message(&self, tree: &Tree) -> Text {
        match self {
            Self::DuplicateKey { first } => {
                let line = tree.key_position(*first).line;
                text!("this key is already on line {line}", "같은 키가 {line}번째 줄에 이미 있습니다")
            }
            Self::DuplicateId { name, first } => {
                let line = tree.key_position(*first).line;
                text!(
                    "‘{name}’ is already the name of something else here, on line {line}",
                    "이미 {line}번째 줄에서 다른 것의 이름으로 쓰였습니다: ‘{name}’"
                )
            }
            _ => self
                .about_form()
                .or_else(|| self.about_services())
                .or_else(|| self.about_meaning())
                .unwrap_or_else(|| self.lesson()),
        }
    }

    /// Errors of writing.
    fn about_form(&self) -> Option<Text> {
        Some(match self {
            Self::Parse { detail } => {
                text!(
                    "this is neither YAML nor JSON: {detail}",
                    "YAML로도 JSON으로도 읽을 수 없습니다: {detail}"
                )
            }
            Self::Empty => text!("the document is empty", "문서가 비어 있습니다"),
            Self::TooLarge { what, limit } => {
                let (en, ko) = what.words();
                text!("too large: at most {limit} {en}", "너무 큽니다. {ko}: 최대 {limit}")
            }
            Self::TooMany { hidden } | Self::MoreWarnings { hidden } => {
                text!("{hidden} more problems are not shown", "문제가 {hidden}개 더 있지만 줄였습니다")
            }
            Self::Unsupported { what } => {
                let (en, ko) = what.words();
                text!("{en} are not part of this format", "이 형식에서 쓰지 않는 것입니다: {ko}")
            }
            Self::UnknownKey { .. } => text!("there is no such key here", "여기에 없는 키입니다"),
            Self::MissingKey { key, .. } => text!("‘{key}’ is missing", "빠진 키가 있습니다: ‘{key}’"),
            Self::WrongType { wanted, found } => {
                let ((wanted, wanted_ko), (found, found_ko)) = (wanted.words(), found.words());
                text!(
                    "{wanted} is expected here, this is {found}",
                    "이 자리에 올 것: {wanted_ko}. 적힌 것: {found_ko}"
                )
            }
            Self::WrongParts { .. } => {
                text!("this does not have the parts it needs", "필요한 부분이 다 있지 않거나 남습니다")
            }
            Self::BadUnit { text, about: (en, ko), .. } => {
                text!("‘{text}’ is not {en}", "‘{text}’: 표기가 맞지 않습니다. 이 자리에 올 것: {ko}")
            }
            Self::OutOfRange { text, least, most } => {
                text!(
                    "‘{text}’ is out of range: {least} to {most}",
                    "범위를 벗어났습니다: ‘{text}’ ({least} 이상 {most} 이하)"
                )
            }
            Self::UnknownChoice { text, .. } => {
                text!("‘{text}’ is not one of the choices", "고를 수 없는 값입니다: ‘{text}’")
            }
            Self::BadName { text } => {
                text!(
                    "‘{text}’ cannot be a name: use letters, digits, - and _",
                    "이름으로 쓸 수 없습니다: ‘{text}’ (글자, 숫자, -, _만 가능)"
                )
            }
            Self::Schema { text } => {
                text!(
                    "this program does not read schema ‘{text}’",
                    "이 프로그램이 모르는 스키마입니다: ‘{text}’"
                )
            }
            _ => return None,
        })
    }

    /// Errors of meaning.
    fn about_meaning(&self) -> Option<Text> {
        Some(match self {
            Self::Dangling { thing, name, .. } => {
                let (en, ko) = thing.words();
                text!("there is no {en} ‘{name}’", "없는 {ko}입니다: ‘{name}’")
            }
            Self::PowerCycle { path } => {
                text!("electricity goes round in a circle: {path}", "전력 경로가 순환합니다: {path}")
            }
            Self::OrphanPanel { panel } => {
                text!("nothing feeds ‘{panel}’", "전기를 주는 것이 없습니다: ‘{panel}’")
            }
            Self::NoPanel { site } => {
                text!(
                    "site ‘{site}’ has no panel for servers",
                    "서버를 꽂을 배전반이 없는 사이트입니다: ‘{site}’"
                )
            }
            Self::Overloaded { element, load_kw, kw } => {
                let (kw, load) = (Figure(*kw), Figure(*load_kw));
                text!(
                    "‘{element}’ is rated {kw} kW, its servers draw up to {load} kW",
                    "정격 {kw} kW에 서버 부하가 최대 {load} kW입니다: ‘{element}’"
                )
            }
            Self::BadTarget { text, .. } => {
                text!("‘{text}’ cannot be the target of this", "이 동작의 대상이 될 수 없습니다: ‘{text}’")
            }
            Self::NoPool { service, site } => {
                text!(
                    "‘{service}’ has no servers at ‘{site}’",
                    "그 사이트에 이 서비스의 서버가 없습니다: ‘{service}’, ‘{site}’"
                )
            }
            Self::NoHands { site } => {
                text!(
                    "whoever runs ‘{site}’ does what has to be done on the servers in it: that takes hands",
                    "위탁 운영 사이트의 서버 작업은 운영사가 하므로 인원이 있어야 합니다: ‘{site}’"
                )
            }
            Self::AfterHorizon => {
                text!("this comes after the end of the run", "실행이 끝난 뒤의 시각입니다")
            }
            Self::LargeShift { team, hands } => {
                text!(
                    "‘{team}’ has {hands} hands in all: no more can be there",
                    "전체 인원이 {hands}명인 팀에 그보다 많은 인원을 둘 수 없습니다: ‘{team}’"
                )
            }
            _ => return None,
        })
    }

    /// The same of services.
    fn about_services(&self) -> Option<Text> {
        Some(match self {
            Self::QuorumMismatch { quorum, servers } => {
                text!(
                    "the quorum counts {quorum} voters, but {servers} servers are placed",
                    "정족수 구성원은 {quorum}대인데 배치된 서버는 {servers}대입니다"
                )
            }
            Self::CallsOverOne { service, percent } => {
                let percent = Figure(*percent);
                text!(
                    "callers declare {percent} % of the load on ‘{service}’: more than all of it",
                    "호출하는 쪽에 적힌 부하 몫의 합이 {percent}%로 100%를 넘습니다: ‘{service}’"
                )
            }
            Self::CacheOfNoNeed { service, of } => {
                text!(
                    "‘{service}’ does not need ‘{of}’: it has no answers of it to keep",
                    "의존하지 않는 서비스의 응답은 캐시할 수 없습니다: ‘{service}’, ‘{of}’"
                )
            }
            Self::QuorumBacklog { service } => {
                text!(
                    "‘{service}’ serves all or nothing by a majority of voters: nothing can wait for it",
                    "과반이 있어야 서비스하는 정족수 서비스라 일을 쌓아 둘 수 없습니다: ‘{service}’"
                )
            }
            Self::SelfNeed { service } => {
                text!("‘{service}’ needs itself", "자기 자신에 의존합니다: ‘{service}’")
            }
            Self::NoActive { service } => {
                text!(
                    "‘{service}’ has no active servers: nobody serves on an ordinary day",
                    "활성 서버가 없어 평소에도 서비스하지 못합니다: ‘{service}’"
                )
            }
            Self::BadRunning { servers } => {
                text!(
                    "only a pilot has a number running, and no more than its {servers} servers",
                    "‘running’은 pilot에만 쓰고, 서버 수({servers}대)를 넘을 수 없습니다"
                )
            }
            Self::NoData { service } => {
                text!(
                    "‘{service}’ stores nothing that a backup could keep: give it ‘data’",
                    "저장하는 데이터가 없어 백업할 것도 없습니다. ‘data’를 적으세요: ‘{service}’"
                )
            }
            _ => return None,
        })
    }

    /// Warnings: what the design will teach.
    fn lesson(&self) -> Text {
        match self {
            Self::BootCycle { path, open: None } => text!(
                "these cannot start without each other: {path}. People know a way round, if they are free",
                "서로가 있어야 기동합니다: {path}. 우회할 방법은 있지만 사람이 직접 해야 합니다"
            ),
            Self::BootCycle { path, .. } => text!(
                "these cannot start without each other: {path}. Nobody wrote down a way round",
                "서로가 있어야 기동합니다: {path}. 우회할 방법이 적혀 있지 않습니다"
            ),
            Self::EvenQuorum { voters } => text!(
                "{voters} voters survive no more losses than {voters} − 1 would",
                "정족수 구성원이 {voters}대여도 견딜 수 있는 손실은 한 대 적을 때와 같습니다"
            ),
            Self::SharedFate { guard, site, guarded } => text!(
                "‘{guard}’ stands only in ‘{site}’, with {guarded} services it guards: it falls with them",
                "지키는 서비스 {guarded}개와 한 사이트(‘{site}’)에만 있어 함께 무너집니다: ‘{guard}’"
            ),
            Self::QuorumInOneSite { site, voters, of } => text!(
                "{voters} of {of} voters stand in ‘{site}’: without it there is no majority",
                "정족수 구성원 {of}대 중 {voters}대가 한 사이트에 있어, 그곳을 잃으면 과반을 채우지 못합니다: ‘{site}’"
            ),
            Self::SmallStandby { service, servers, load } => {
                let load = Figure(*load);
                text!(
                    "the {servers} standby servers of ‘{service}’ cannot carry its peak of {load}",
                    "대기 서버 {servers}대로는 최대 부하 {load}대분을 감당하지 못합니다: ‘{service}’"
                )
            }
            Self::OneRegion { region } => text!(
                "all sites stand in one region, ‘{region}’: one earthquake reaches them all",
                "모든 사이트가 한 지역에 있어 재해 한 번에 모두 멈출 수 있습니다: ‘{region}’"
            ),
            Self::NoStandby { service, site } => text!(
                "‘{service}’ promises a recovery time but stands only in ‘{site}’",
                "목표 복구 시간이 있지만 한 사이트에만 있습니다: ‘{service}’, ‘{site}’"
            ),
            Self::TightObjective { service, rto_s, best_s } => text!(
                "‘{service}’ promises {rto_s:.0} s, but noticing and switching alone take about {best_s:.0} s",
                "약속한 {rto_s:.0}초보다 감지와 전환에만 걸리는 약 {best_s:.0}초가 더 깁니다: ‘{service}’"
            ),
            Self::ThinPanel { panel, load_kw, kw } => {
                let (kw, load) = (Figure(*kw), Figure(*load_kw));
                text!(
                    "‘{panel}’ is rated {kw} kW, but takes {load} kW when the other cords of its servers go dead",
                    "다른 쪽 전원이 끊기면 정격 {kw} kW에 {load} kW가 걸립니다: ‘{panel}’"
                )
            }
            Self::EmptyStandby { service } => text!(
                "nothing copies the data of ‘{service}’ to its standby servers: promoted, they have nothing to serve",
                "대기 서버로 데이터를 복제하지 않아, 승격해도 서비스할 데이터가 없습니다: ‘{service}’"
            ),
            Self::BackupBeside { service, site } => text!(
                "every copy of the data of ‘{service}’ stands in ‘{site}’: what takes one takes all",
                "데이터 사본이 모두 한 사이트(‘{site}’)에 있어 한꺼번에 잃을 수 있습니다: ‘{service}’"
            ),
            Self::SlowRestore { service, rto_s, restore_s } => text!(
                "‘{service}’ promises {rto_s:.0} s, but restoring its data alone takes {restore_s:.0} s",
                "약속한 {rto_s:.0}초보다 데이터 복원에만 걸리는 {restore_s:.0}초가 더 깁니다: ‘{service}’"
            ),
            Self::SlowCopies { service, rpo_s, age_s } => text!(
                "‘{service}’ promises to lose {rpo_s:.0} s of writes at most, but its copies are up to {age_s:.0} s old",
                "약속한 복구 시점은 {rpo_s:.0}초인데 사본은 최대 {age_s:.0}초 뒤처집니다: ‘{service}’"
            ),
            Self::NoLandlord { site } => text!(
                "we run ‘{site}’ ourselves: nobody calls us, lets us in or works for us there",
                "직접 운영하는 사이트라 연락하거나 출입을 허가하거나 대신 작업할 임대인이 없습니다: ‘{site}’"
            ),
            Self::UnusedBypass { of, on } => text!(
                "‘{of}’ does not wait for ‘{on}’ to start, so there is nothing to work around",
                "기동할 때 기다리지 않으므로 우회할 것이 없습니다: ‘{of}’ → ‘{on}’"
            ),
            Self::UnknownStack { service, stack, .. } => text!(
                "‘{service}’ is built on ‘{stack}’, which no team knows",
                "아는 팀이 없는 기술로 만들어져 있습니다: ‘{service}’, ‘{stack}’"
            ),
            _ => Text::default(),
        }
    }

    /// What to do about it.
    pub fn suggestion(&self) -> Option<Text> {
        match self {
            Self::UnknownKey { nearest: Some(word), .. }
            | Self::UnknownChoice { nearest: Some(word), .. }
            | Self::Dangling { nearest: Some(word), .. } => {
                Some(text!("did you mean ‘{word}’?", "혹시 ‘{word}’?"))
            }
            Self::UnknownKey { known, .. }
            | Self::UnknownChoice { known, .. }
            | Self::UnknownStack { known, .. }
            | Self::Dangling { known, .. } => {
                (!known.is_empty()).then(|| text!("choose from: {known}", "쓸 수 있는 것: {known}"))
            }
            Self::MissingKey { key, example } => {
                Some(text!("add ‘{key}: {example}’", "추가하세요: ‘{key}: {example}’"))
            }
            Self::BadUnit { examples, .. } => {
                Some(text!("write it like {examples}", "이렇게 적습니다: {examples}"))
            }
            Self::Schema { .. } => {
                Some(text!("write ‘schema: bridge/1’", "이렇게 적으세요: ‘schema: bridge/1’"))
            }
            Self::BadTarget { wanted, .. } | Self::WrongParts { wanted } => {
                Some(text!("write it like {wanted}", "이렇게 적습니다: {wanted}"))
            }
            Self::NoHands { .. } | Self::NoLandlord { .. } => Some(text!(
                "write ‘operator: colocation’ if a landlord runs the building and we work on the servers",
                "건물만 임대하고 서버는 직접 다루는 곳이면 ‘operator: colocation’으로 적으세요"
            )),
            Self::OrphanPanel { .. } => {
                Some(text!("give the site a utility feed or generators", "사이트에 수전이나 발전기를 두세요"))
            }
            Self::NoPanel { .. } => Some(text!(
                "give the site panels, or ‘preset: tier2’",
                "사이트에 배전반을 두거나 ‘preset: tier2’를 쓰세요"
            )),
            Self::QuorumMismatch { servers, .. } => {
                Some(text!("write ‘quorum: {servers}’", "이렇게 적으세요: ‘quorum: {servers}’"))
            }
            Self::BootCycle { open: Some(edge), .. } => Some(text!(
                "add to controls.bypass.edges: {edge}",
                "controls.bypass.edges에 추가하세요: {edge}"
            )),
            Self::SharedFate { .. } => {
                Some(text!("place servers of it at another site", "다른 사이트에도 서버를 두세요"))
            }
            Self::EvenQuorum { voters } => {
                let odd = voters + 1;
                Some(text!("use {odd} voters", "정족수 구성원을 {odd}대로 하세요"))
            }
            _ => None,
        }
    }
}

/// A number as short as it may be without misleading beside another.
struct Figure(f64);

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value) = *self;
        if value.abs() < 100.0 && value.fract() != 0.0 {
            write!(f, "{value:.1}")
        } else {
            write!(f, "{value:.0}")
        }
    }
}

impl Limit {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Bytes => ("bytes", "바이트"),
            Self::Values => ("values", "값의 수"),
            Self::Depth => ("levels of nesting", "중첩 깊이"),
            Self::Key => ("characters in a key", "키의 글자 수"),
            Self::Text => ("bytes of a text", "글의 바이트 수"),
            Self::Sites => ("sites", "사이트 수"),
            Self::Services => ("services", "서비스 수"),
            Self::Pools => ("pools of servers", "서버 풀 수"),
            Self::Dependencies => ("dependencies", "의존 관계 수"),
            Self::Incidents => ("incidents", "사건 수"),
            Self::Links => ("lines", "회선 수"),
            Self::Rooms => ("rooms", "방의 수"),
            Self::Elements => ("power elements", "전력 설비 수"),
            Self::Feeds => ("connections between power elements", "전력 설비 사이의 연결 수"),
            Self::Cords => ("panels for one server", "서버 한 대가 쓰는 배전반 수"),
        }
    }
}

impl Unsupported {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Alias => ("YAML aliases (*name)", "YAML 별칭(*이름)"),
            Self::Tag => ("YAML tags (!name)", "YAML 태그(!이름)"),
            Self::Documents => ("several documents in one file", "한 파일의 여러 문서"),
            Self::ComplexKey => ("lists or maps as keys", "목록이나 맵으로 된 키"),
        }
    }
}

impl Form {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Null => ("nothing", "없음"),
            Self::Scalar => ("a single value", "값 하나"),
            Self::List => ("a list", "목록"),
            Self::Map => ("keys with values", "키와 값"),
        }
    }
}

impl Thing {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Region => ("region", "지역"),
            Self::Site => ("site", "사이트"),
            Self::Room => ("room", "방"),
            Self::Element => ("power element", "전력 설비"),
            Self::Panel => ("panel", "배전반"),
            Self::Service => ("service", "서비스"),
            Self::Team => ("team", "팀"),
            Self::Preset => ("preset", "프리셋"),
        }
    }
}

//! What the hands did: each team, then each kind of its work.

use super::DebriefProps;
use super::tables::{Row, table};
use crate::state::debrief::work::{Kind, kinds};
use crate::words::Msg;
use crate::words::numbers::{clock, duration, grouped};
use bridge_engine::Time;
use yew::prelude::*;

/// Two tables.
pub fn hands(props: &DebriefProps) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let at = |time: Option<Time>| time.map_or("–".to_owned(), clock);
    let words = |messages: &[Msg]| messages.iter().map(|m| locale.say(*m)).collect::<Vec<String>>();
    let teams = run.world.people.teams.iter().zip(&run.report().teams).map(|(team, of)| {
        let cells = vec![
            format!("{} / {}", grouped(of.peak), grouped(f64::from(team.hands))),
            at(of.first),
            at(of.last),
            grouped(of.hand_hours),
            of.done.to_string(),
            of.redone.to_string(),
            duration(of.longest_wait.secs()),
        ];
        Row { name: html! { { locale.name(&team.name) } }, cells }
    });
    let heads = words(&[
        Msg::HandsTeam,
        Msg::HandsPeak,
        Msg::HandsFirst,
        Msg::HandsLast,
        Msg::HandsHours,
        Msg::HandsDone,
        Msg::HandsRedone,
        Msg::HandsLongest,
    ]);
    let kind = |kind: Kind| {
        let team = kind.team.and_then(|team| run.world.people.teams.get(team.index()));
        let team =
            team.map_or_else(|| locale.say(Msg::HandsTools), |team| locale.name(&team.name).to_owned());
        let [jobs, done, redone] = [kind.jobs, kind.done, kind.redone].map(|n| n.to_string());
        let times = [kind.waited, kind.worked].map(|time| duration(time.secs()));
        let [waited, worked] = times;
        Row { name: html! { { kind.name } }, cells: vec![team, jobs, done, redone, waited, worked] }
    };
    let works = words(&[
        Msg::HandsWork,
        Msg::HandsTeam,
        Msg::HandsJobs,
        Msg::HandsDone,
        Msg::HandsRedone,
        Msg::HandsWaited,
        Msg::HandsWorked,
    ]);
    html! {
        <>
            <p class="lead">{ locale.say(Msg::HandsLead) }</p>
            { table(locale, "table-teams", Msg::DebriefHands, heads, teams.collect()) }
            <details>
                <summary>{ locale.say(Msg::HandsByKind) }</summary>
                { table(locale, "table-work", Msg::HandsByKind, works, kinds(run, locale).into_iter().map(kind).collect()) }
            </details>
        </>
    }
}

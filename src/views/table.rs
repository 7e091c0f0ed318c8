//! Services in rows: everything the pictures say, for whoever prefers to read it.

use super::icons::{Sign, icon};
use super::{Send, Shared, figures};
use crate::state::moment::Moment;
use crate::state::run::Run;
use crate::words::numbers::clock;
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::trace::Subject;
use bridge_engine::world::ServiceId;
use yew::prelude::*;

/// What the table shows.
pub struct TableProps {
    /// The run.
    pub run: Shared<Run>,
    /// The moment.
    pub moment: Shared<Moment>,
    /// What is selected.
    pub selected: Option<Subject>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// The table.
pub fn table(props: &TableProps) -> Html {
    let locale = props.locale;
    let heads = [
        Msg::TableService,
        Msg::TableState,
        Msg::TableShare,
        Msg::TableSince,
        Msg::TableDoing,
        Msg::TableBack,
    ];
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={locale.say(Msg::TabTable)}>
            <table class="services" data-testid="table">
                <caption>{ locale.with(Msg::TableCaption, &[("at", &props.moment.at.to_string())]) }</caption>
                <thead><tr>{ for heads.into_iter().map(|m| html! { <th scope="col">{ locale.say(m) }</th> }) }</tr></thead>
                <tbody>{ for props.run.ranked.iter().map(|id| row(props, *id)) }</tbody>
            </table>
        </div>
    }
}

fn row(props: &TableProps, id: ServiceId) -> Html {
    let locale = props.locale;
    let service = &props.run.world[id];
    let now = props.moment.service(id);
    let report = &props.run.report.services[id.index()];
    let back = match (report.first_loss, report.restored) {
        (None, _) => locale.say(Msg::NotLost),
        (_, Some(at)) => clock(at),
        (_, None) => "—".to_owned(),
    };
    let selected = props.selected == Some(Subject::Service(id));
    html! {
        <tr key={id.0} class={classes!(selected.then_some("selected"))}>
            <th scope="row"><button class="plain" onclick={figures::select(&props.send, id)}>{ locale.name(&service.name) }</button></th>
            <td class={now.state.sign()}><span class="state">{ icon(now.state.sign()) }{ now.state.said(locale) }</span></td>
            <td class="number">{ format!("{} %", now.share) }</td>
            <td class="number">{ clock(now.since) }</td>
            <td>{ now.phase.said(locale) }</td>
            <td class="number">{ back }</td>
        </tr>
    }
}

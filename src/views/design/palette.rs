//! New things for the design.

use crate::state::design::{Add, Edit};
use crate::state::{Action, Arm, State};
use crate::views::icons::icon;
use crate::views::{Send, click};
use crate::words::Msg;
use bridge_engine::trace::Subject;
use bridge_engine::world::{ServiceId, SiteId};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Kinds of power element, by the sections they are written in.
const POWER: [(&str, Msg); 5] = [
    ("panels", Msg::DesignPanel),
    ("ups", Msg::DesignUps),
    ("generators", Msg::DesignGenerators),
    ("utility", Msg::DesignUtility),
    ("chillers", Msg::DesignChillers),
];

/// The building that something new would stand in: that of what is selected, else the first.
fn site(state: &State) -> SiteId {
    let world = state.world();
    let of_service = |id: ServiceId| world[id].pools.first().map(|pool| world[*pool].site);
    let selected = state.selected.and_then(|subject| match subject {
        Subject::Site(id) => Some(id),
        Subject::Room(id) => Some(world[id].site),
        Subject::Element(id) => Some(world[id].site),
        Subject::Pool(id) => Some(world[id].site),
        Subject::Service(id) => of_service(id),
        Subject::Org | Subject::Team(_) => None,
    });
    selected.unwrap_or(SiteId(0))
}

/// The palette.
pub fn palette(state: &State, send: &Send) -> Html {
    let locale = state.locale;
    if let Some(arm) = state.armed {
        let hint = match arm {
            Arm::Need(id) => {
                locale.with(Msg::HandNeedHint, &[("name", locale.name(&state.world()[id].name))])
            }
            _ => locale.say(Msg::HandMoveHint),
        };
        return html! {
            <span class="hint armed" role="status">{ hint }
                <button class="quiet words" onclick={click(send, Action::Escape)}>{ locale.say(Msg::Dismiss) }</button></span>
        };
    }
    let site = site(state);
    let service = match state.selected {
        Some(Subject::Service(id)) => Some(id),
        Some(Subject::Pool(id)) => Some(state.world()[id].service),
        _ => None,
    };
    let add = |id: &'static str, name: Msg, what: Add| {
        html! {
            <button key={id} class="pill-button" data-testid={id} onclick={click(send, Action::Edit(Edit::Add(what)))}>
                { icon("i-plus") }{ locale.say(name) }</button>
        }
    };
    let onchange = {
        let send = send.clone();
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let chosen = POWER.iter().find(|kind| kind.0 == select.value());
            select.set_value("");
            if let Some((section, _)) = chosen {
                send.emit(Action::Edit(Edit::Add(Add::Power(site, section))));
            }
        })
    };
    html! {
        <div class="additions" role="group" aria-label={locale.say(Msg::DesignAdd)}>
            <button class="pill-button" data-testid="choose-more" aria-pressed={state.more.to_string()} title={locale.say(Msg::DesignMoreTip)}
                onclick={click(send, Action::More)}>{ locale.say(Msg::DesignMoreChosen) }</button>
            { add("add-site", Msg::DesignSite, Add::Site) }
            { add("add-room", Msg::DesignRoom, Add::Room(site)) }
            <select class="pill-button" data-testid="add-power" aria-label={locale.say(Msg::DesignPower)} {onchange}>
                <option value="" selected={true}>{ format!("+ {}", locale.say(Msg::DesignPower)) }</option>
                { for POWER.iter().map(|(section, name)| html! { <option value={*section}>{ locale.say(*name) }</option> }) }
            </select>
            { add("add-service", Msg::DesignService, Add::Service(site)) }
            { add("add-team", Msg::DesignTeam, Add::Team) }
            { for service.map(|id| html! {
                <button class="pill-button" data-testid="add-need" onclick={click(send, Action::Arm(Arm::Need(id)))}>
                    { icon("i-plus") }{ locale.say(Msg::HandNeed) }</button>
            }) }
            { for service.map(|id| add("add-servers", Msg::DesignServers, Add::Servers(id, elsewhere(state, id)))) }
        </div>
    }
}

/// A building in which a service has no servers yet, else where it has.
fn elsewhere(state: &State, id: ServiceId) -> SiteId {
    let world = state.world();
    let stands = |site: SiteId| world[id].pools.iter().any(|pool| world[*pool].site == site);
    (0..world.sites.len()).map(SiteId::at).find(|site| !stands(*site)).unwrap_or_else(|| site(state))
}

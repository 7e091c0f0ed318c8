//! The guided round: a strip that tells what happens now, and leads on.

use super::icons::icon;
use super::{Send, click};
use crate::browser::page;
use crate::state::later;
use crate::state::tour::{Told, Tour};
use crate::state::{Action, Mode, State};
use crate::words::numbers::{count, span};
use crate::words::{Locale, Msg, events};
use bridge_engine::World;
use bridge_engine::trace::Subject;
use bridge_engine::world::ServiceId;
use yew::prelude::*;

/// So many things that are waited for are named.
const NAMED: usize = 3;

/// The strip; nothing while nobody is on the round.
pub fn guide(state: &State, send: &Send) -> Html {
    let Some(tour) = &state.tour else { return Html::default() };
    let (locale, last) = (state.locale, tour.stops.len() - 1);
    let lead = |to: usize| lead(send, Some(to));
    let (n, of) = ((tour.now + 1).to_string(), tour.stops.len().to_string());
    html! {
        <section class="guide" aria-label={locale.say(Msg::Tour)} data-testid="guide">
            <span class="step">{ locale.with(Msg::TourStep, &[("n", &n), ("of", &of)]) }</span>
            <p role="status" data-testid="guide-words">{ told(state, tour) }</p>
            <div class="ways">
                if tour.now > 0 {
                    <button class="quiet words" data-testid="guide-back" onclick={lead(tour.now - 1)}>{ locale.say(Msg::TourBack) }</button>
                }
                if tour.now < last {
                    <button class="pill-button main" data-testid="guide-next" onclick={lead(tour.now + 1)}>
                        { locale.say(if tour.now == 0 { Msg::TourStart } else { Msg::TourNext }) }
                    </button>
                } else {
                    <button class="pill-button" data-testid="guide-debrief" onclick={click(send, Action::Mode(Mode::Debrief))}>{ locale.say(Msg::TourDebrief) }</button>
                    <button class="pill-button main" data-testid="guide-design" onclick={click(send, Action::Mode(Mode::Design))}>{ locale.say(Msg::TourDesign) }</button>
                }
                <button class="quiet" data-testid="guide-leave" aria-label={locale.say(Msg::TourLeave)} title={locale.say(Msg::TourLeave)}
                    onclick={self::lead(send, None)}>{ icon("i-close") }</button>
            </div>
        </section>
    }
}

/// To a stop: there at once, if nothing shall move.
pub fn lead(send: &Send, to: Option<usize>) -> Callback<MouseEvent> {
    send.reform(move |_: MouseEvent| Action::Tour { to, jump: page::is_still() })
}

fn told(state: &State, tour: &Tour) -> String {
    let (locale, world) = (state.locale, state.world());
    let name = |id: ServiceId| locale.name(&world[id].name);
    let Some(stop) = tour.stop() else { return String::new() };
    match &stop.told {
        Told::Before => before(locale, world),
        Told::Struck(action) => {
            let (what, place) =
                (events::action(locale, world, *action), events::place(locale, world, (*action).into()));
            locale.with(Msg::TourStruck, &[("what", &what), ("place", &place)])
        }
        Told::Unharmed => locale.say(Msg::TourUnharmed),
        Told::Lost(id, after) => {
            locale.with(Msg::TourLost, &[("name", name(*id)), ("time", &span(locale, *after))])
        }
        Told::Down(id, after) => {
            locale.with(Msg::TourDown, &[("name", name(*id)), ("time", &span(locale, *after))])
        }
        Told::Known(after) => locale.with(Msg::TourKnown, &[("time", &span(locale, *after))]),
        Told::Waits(id) => {
            let blockers = later::here()
                .map(|later| (later.why)(world, &state.run.trace, Subject::Service(*id), stop.at).blockers);
            let blockers = blockers.unwrap_or_default();
            if blockers.is_empty() {
                return locale.with(Msg::TourReturning, &[("name", name(*id))]);
            }
            let mut list: Vec<String> = Vec::new();
            for blocker in blockers {
                let said = events::blocker(locale, world, blocker);
                if !list.contains(&said) {
                    list.push(said);
                }
            }
            let more = list.len().saturating_sub(NAMED);
            list.truncate(NAMED);
            let mut list = list.join(" · ");
            if more > 0 {
                list.push_str(&format!(" +{more}"));
            }
            locale.with(Msg::TourWaits, &[("name", name(*id)), ("list", &list)])
        }
        Told::Serves(id, after) => {
            locale.with(Msg::TourServes, &[("name", name(*id)), ("time", &span(locale, *after))])
        }
        Told::Whole(after) => {
            let lost = count(locale, state.run.scores.total.user_minutes_lost);
            locale.with(Msg::TourWhole, &[("time", &span(locale, *after)), ("n", &lost)])
        }
        Told::NeverWhole => locale.say(Msg::TourNeverWhole),
        Told::Yours => locale.say(Msg::TourYours),
    }
}

fn before(locale: Locale, world: &World) -> String {
    let (sites, services) = (world.sites.len().to_string(), world.services.len().to_string());
    let title = locale.name(&world.meta.title);
    locale.with(Msg::TourBefore, &[("title", title), ("sites", &sites), ("services", &services)])
}

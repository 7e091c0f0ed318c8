//! The buildings, each a card with its name, kind and badge.

use super::building::Building;
use super::{Send, Shared};
use crate::state::Arm;
use crate::state::moment::{Moment, SiteNow};
use crate::state::run::Run;
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::kernel::order::sorted;
use bridge_engine::trace::Subject;
use bridge_engine::world::SiteId;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What the buildings show.
#[derive(Properties, PartialEq)]
pub struct SitesProps {
    /// The run.
    pub run: Shared<Run>,
    /// The moment.
    pub moment: Shared<Moment>,
    /// What is in hand.
    pub armed: Option<(Arm, Time)>,
    /// They are being designed.
    #[prop_or_default]
    pub design: bool,
    /// What is selected.
    pub selected: Option<Subject>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// All buildings, the one with most servers first.
#[component]
pub fn Sites(props: &SitesProps) -> Html {
    let kept = use_mut_ref(Vec::<Shared<SiteNow>>::new);
    let now = unchanged(&kept, &props.moment);
    let world = &props.run.world;
    let order = use_memo(props.run.clone(), |run| {
        let ids: Vec<(SiteId, f64)> =
            (0..run.world.sites.len()).map(|i| (SiteId::at(i), servers(run, SiteId::at(i)))).collect();
        sorted(ids, &|a, b| b.1.total_cmp(&a.1).then(run.world[a.0].order.cmp(&run.world[b.0].order)))
    });
    html! {
        <section class="sites" aria-label={props.locale.say(Msg::Sites)} data-count={world.sites.len().min(6).to_string()}>
            { for order.iter().map(|(id, _)| html! {
                <Building key={id.0} run={props.run.clone()} id={*id} now={now[id.index()].clone()}
                    armed={props.armed} design={props.design} selected={props.selected} locale={props.locale} send={props.send.clone()} />
            }) }
        </section>
    }
}

/// The pieces of this moment, those equal to the last moment's being the same ones.
fn unchanged(kept: &Rc<RefCell<Vec<Shared<SiteNow>>>>, moment: &Moment) -> Vec<Shared<SiteNow>> {
    let mut kept = kept.borrow_mut();
    let next = moment.sites.iter().enumerate().map(|(i, site)| match kept.get(i) {
        Some(old) if **old == *site => old.clone(),
        _ => Shared(Rc::new(site.clone())),
    });
    *kept = next.collect::<Vec<_>>();
    kept.clone()
}

fn servers(run: &Run, site: SiteId) -> f64 {
    run.world.pools.iter().filter(|p| p.site == site).map(|p| f64::from(p.servers)).sum()
}

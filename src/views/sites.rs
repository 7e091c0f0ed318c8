//! The buildings, each a card with its name, kind and badge. A few are drawn side by side; of many, the one that was pointed
//! at last is drawn, and the others are counted.

use super::building::Building;
use super::{Send, Shared};
use crate::layout::building::alike;
use crate::state::Arm;
use crate::state::moment::Moment;
use crate::state::run::Run;
use crate::words::{Locale, Msg};
use bridge_engine::kernel::order::sorted;
use bridge_engine::trace::Subject;
use bridge_engine::world::SiteId;
use bridge_engine::{Time, World};
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
    /// What else is chosen.
    #[prop_or_default]
    pub also: Rc<Vec<Subject>>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// More buildings than this have no room side by side.
const SIDE_BY_SIDE: usize = 4;
/// The stylesheet knows the shares of so many.
const COUNTED: usize = 9;

/// All buildings, the one with most servers first.
#[component]
pub fn Sites(props: &SitesProps) -> Html {
    let world = &props.run.world;
    let order = use_memo(props.run.clone(), |run| {
        let ids: Vec<(SiteId, f64)> =
            (0..run.world.sites.len()).map(|i| (SiteId::at(i), servers(run, SiteId::at(i)))).collect();
        sorted(ids, &|a, b| b.1.total_cmp(&a.1).then(run.world[a.0].order.cmp(&run.world[b.0].order)))
    });
    let of = use_kept(&Shared(Rc::clone(&props.run.world)));
    let looked_at = use_mut_ref(|| None::<SiteId>);
    if let Some(site) = props.selected.and_then(|of| site_of(world, of)) {
        *looked_at.borrow_mut() = Some(site);
    }
    let many = world.sites.len() > SIDE_BY_SIDE;
    let drawn =
        looked_at.borrow().filter(|site| site.index() < world.sites.len()).or(order.first().map(|o| o.0));
    html! {
        <section class={classes!("sites", many.then_some("many"))} aria-label={props.locale.say(Msg::Sites)}
            data-count={world.sites.len().min(COUNTED).to_string()}>
            { for order.iter().map(|(id, _)| html! {
                <Building key={id.0} world={of[id.index()].clone()} id={*id} now={Shared(Rc::clone(&props.moment.sites[id.index()]))}
                    counted={many && drawn != Some(*id)} armed={props.armed} design={props.design} selected={props.selected} also={Rc::clone(&props.also)}
                    locale={props.locale} send={props.send.clone()} />
            }) }
        </section>
    }
}

/// By site, the world it is drawn of: the one it was drawn of before, as long as it would look the same in both.
#[hook]
fn use_kept(world: &Shared<World>) -> Rc<Vec<Shared<World>>> {
    let kept = use_mut_ref(Vec::<Shared<World>>::new);
    use_memo(world.clone(), |world| {
        let before = kept.take();
        let of = |i: usize| {
            let before = before.get(i).filter(|before| alike(before, world, SiteId::at(i)));
            before.unwrap_or(world).clone()
        };
        *kept.borrow_mut() = (0..world.sites.len()).map(of).collect();
        kept.borrow().clone()
    })
}

/// The site that something is in; none where it may stand in several.
fn site_of(world: &World, of: Subject) -> Option<SiteId> {
    match of {
        Subject::Site(site) => Some(site),
        Subject::Room(room) => Some(world[room].site),
        Subject::Element(element) => Some(world[element].site),
        Subject::Pool(pool) => Some(world[pool].site),
        _ => None,
    }
}

fn servers(run: &Run, site: SiteId) -> f64 {
    run.world.pools.iter().filter(|p| p.site == site).map(|p| f64::from(p.servers)).sum()
}

//! Where each service's lost time went: the picture, and the same as a table.

use super::tables::{Row, table};
use crate::browser::size::use_size;
use crate::layout::fold::ROOM_FOR;
use crate::state::Action;
use crate::state::debrief::chart::{Look, kinds, rows, svg};
use crate::state::run::Run;
use crate::views::{Send, Shared, click};
use crate::words::numbers::duration;
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::report::lost_to;
use bridge_engine::trace::Subject;
use bridge_engine::world::ServiceId;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct WaterfallProps {
    pub run: Shared<Run>,
    pub true_scale: bool,
    pub locale: Locale,
    pub send: Send,
}

/// Picture and table.
#[component]
pub fn Waterfall(props: &WaterfallProps) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let frame = use_node_ref();
    let (width, _) = use_size(&frame);
    let key = (run.clone(), props.true_scale, Look { locale, width, paper: false });
    let picture = use_memo(key, |(run, true_scale, look)| {
        let axis = if *true_scale { &run.plain } else { &run.warped };
        // Nothing is drawn until it is known how wide.
        AttrValue::from(if look.width > 0.0 { svg(run, axis, *look) } else { String::new() })
    });
    let pointed = {
        let send = props.send.clone();
        move |target: Option<Element>| piece(target).map(|visit| send.emit(visit)).is_some()
    };
    let onclick = {
        let pointed = pointed.clone();
        Callback::from(move |event: MouseEvent| {
            pointed(event.target_dyn_into());
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") && pointed(event.target_dyn_into()) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    let count = rows(run).count();
    let scale = if props.true_scale { Msg::ScaleTrue } else { Msg::ScaleWarped };
    html! {
        <>
            <p class="lead">
                { locale.say(Msg::ChartLead) }
                <button class="quiet words" title={locale.say(Msg::ScaleSwitch)} onclick={click(&props.send, Action::ToggleScale)}>{ locale.say(scale) }</button>
            </p>
            // Its height is always the same, so that drawing does not measure again.
            <div class="measure" ref={frame} />
            <div class="waterfall" data-testid="chart" {onclick} {onkeydown}>
                { Html::from_html_unchecked((*picture).clone()) }
            </div>
            if count > ROOM_FOR {
                <p class="lead">{ locale.with(Msg::ChartCut, &[("n", &ROOM_FOR.to_string()), ("all", &count.to_string())]) }</p>
            }
            { as_table(props) }
        </>
    }
}

/// What a piece of the picture leads to.
fn piece(target: Option<Element>) -> Option<Action> {
    let piece = target?.closest("[data-at]").ok()??;
    let number = |name: &str| piece.get_attribute(name)?.parse::<u64>().ok();
    let service = ServiceId::at(number("data-service")? as usize);
    Some(Action::Visit(Subject::Service(service), Time(number("data-at")?)))
}

fn as_table(props: &WaterfallProps) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let kinds = kinds(run);
    let mut heads = vec![locale.say(Msg::TableService), locale.say(Msg::ColumnTotal)];
    heads.extend(kinds.iter().map(|lost| lost.said(locale)));
    let row = |(id, pieces): (ServiceId, &[bridge_engine::report::Piece])| {
        let of = &run.report().services[id.index()];
        let mut cells = vec![duration(of.lost.secs())];
        cells.extend(kinds.iter().map(|lost| match lost_to(pieces, *lost).secs() {
            0.0 => "–".to_owned(),
            time => duration(time),
        }));
        let visit = Action::Visit(Subject::Service(id), of.first_loss.unwrap_or(Time::ZERO));
        let name = locale.name(&run.world[id].name).to_owned();
        let name = html! { <button class="plain" onclick={click(&props.send, visit)}>{ name }</button> };
        Row { name, cells }
    };
    html! {
        <details>
            <summary>{ locale.say(Msg::ChartTable) }</summary>
            { table(locale, "table-waterfall", Msg::DebriefWaterfall, heads, rows(run).map(row).collect()) }
        </details>
    }
}

//! Another design beside this one, on the same luck.

use super::DebriefProps;
use super::tables::{Row, table};
use crate::state::debrief::beside::{Beside, Other};
use crate::state::debrief::scores::{difference, lead, said, scores};
use crate::state::{Action, engine};
use crate::words::Msg;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

const AS_WRITTEN: &str = "as-written";

/// The choice, and the figures of both.
#[component]
pub fn Compare(props: &DebriefProps) -> Html {
    let locale = props.locale;
    let onchange = props.send.reform(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        Action::Compare(match chosen.as_deref() {
            Some(AS_WRITTEN) => Some(Other::AsWritten),
            Some(id) => engine::shipped(id).map(Other::Shipped),
            None => None,
        })
    });
    let option = |value: &'static str, name: String, other: Option<Other>| {
        html! { <option {value} selected={props.other == other}>{ name }</option> }
    };
    let shipped = engine::SHIPPED.iter().enumerate().map(|(index, shipped)| {
        let title = engine::said(locale, shipped.title).to_owned();
        option(shipped.id, title, Some(Other::Shipped(index)))
    });
    html! {
        <>
            <p class="lead">{ locale.say(Msg::CompareLead) }</p>
            <label class="compare">
                <span>{ locale.say(Msg::CompareWith) }</span>
                <select data-testid="compare" {onchange}>
                    { option("", locale.say(Msg::CompareNone), None) }
                    { option(AS_WRITTEN, locale.say(Msg::CompareAsWritten), Some(Other::AsWritten)) }
                    { for shipped }
                </select>
            </label>
            { for props.beside.as_deref().map(|other| both(props, other)) }
        </>
    }
}

fn both(props: &DebriefProps, other: &Beside) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let Some(of) = lead(&run.world, None) else { return Html::default() };
    let Some(same) = lead(&other.world, Some(&run.world[of].key)) else { return Html::default() };
    let there = scores(&other.world, &other.report, same);
    let row = |here: crate::state::debrief::scores::Score| {
        let beside = there.iter().find(|score| score.name == here.name)?;
        let told =
            |value: Option<f64>| value.map_or("–".to_owned(), |v| said(locale, &run.world, here.unit, v));
        let more = difference(locale, &run.world, &here, beside).map_or("–".to_owned(), |more| more.0);
        let name = html! { { locale.say(here.name) } };
        Some(Row { name, cells: vec![told(here.value), told(beside.value), more] })
    };
    let rows = scores(&run.world, run.report(), of).into_iter().filter_map(row).collect();
    let (here, there) = (locale.name(&run.world[of].name), locale.name(&other.world[same].name));
    let heads = vec![
        locale.say(Msg::CompareFigure),
        locale.with(Msg::CompareThis, &[("name", here)]),
        locale.with(Msg::CompareOther, &[("title", locale.name(&other.world.meta.title)), ("name", there)]),
        locale.say(Msg::CompareDifference),
    ];
    let message = if other.same_script { Msg::CompareSameScript } else { Msg::CompareOwnScript };
    html! {
        <>
            <p class="note" data-testid="compare-script">{ locale.with(message, &[("seed", &other.trace.seed.to_string())]) }</p>
            { table(locale, "compared", Msg::DebriefCompare, heads, rows) }
        </>
    }
}

//! The after-action report as text, and everything that can be taken out of the room.

use super::DebriefProps;
use crate::browser::save;
use crate::state::Action;
use crate::state::debrief::chart::{Look, drawn, svg};
use crate::state::debrief::data::{csv, json};
use crate::state::debrief::text::markdown;
use crate::words::Msg;
use yew::prelude::*;

/// Width of the picture that is taken out, in CSS pixels: a page's.
const WIDTH: f64 = 980.0;

/// A kind of file: its name's end, its type, and what it says.
#[derive(Clone, Copy)]
enum Kind {
    Markdown,
    Csv,
    Json,
    Svg,
}

impl Kind {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Markdown, "md", "text/markdown"),
        (Self::Csv, "csv", "text/csv"),
        (Self::Json, "json", "application/json"),
        (Self::Svg, "svg", "image/svg+xml"),
    ];

    fn text(self, props: &DebriefProps) -> String {
        match self {
            Self::Markdown => markdown(&props.run, props.counting.as_deref(), props.locale),
            Self::Csv => csv(&props.run, props.locale),
            Self::Json => json(&props.run, props.counting.as_deref(), props.locale),
            Self::Svg => svg(&props.run, &props.run.warped, look(props)),
        }
    }
}

fn look(props: &DebriefProps) -> Look {
    Look { locale: props.locale, width: WIDTH, paper: true }
}

/// Buttons, and the text itself.
pub fn report(props: &DebriefProps) -> Html {
    let locale = props.locale;
    let told = {
        let send = props.send.clone();
        move |copied: bool| {
            send.emit(Action::Notice(if copied { Msg::NoticeCopied } else { Msg::NoticeNotCopied }));
        }
    };
    let row = |(kind, end, mime): (Kind, &'static str, &'static str)| {
        let copy = {
            let (props, told) = (props.clone(), told.clone());
            Callback::from(move |_: MouseEvent| save::copy(&kind.text(&props), told.clone()))
        };
        let download = {
            let props = props.clone();
            Callback::from(move |_: MouseEvent| {
                let name = format!("{}.{end}", props.run.world.meta.id);
                if !save::download(&name, save::file(&kind.text(&props), mime)) {
                    props.send.emit(Action::Notice(Msg::NoticeNotSaved));
                }
            })
        };
        let name = locale.say(match kind {
            Kind::Markdown => Msg::ReportMarkdown,
            Kind::Csv => Msg::ReportCsv,
            Kind::Json => Msg::ReportJson,
            Kind::Svg => Msg::ReportSvg,
        });
        html! {
            <li key={end}>
                <span>{ name.clone() }</span>
                <button class="pill-button" data-testid={format!("copy-{end}")} aria-label={locale.with(Msg::ReportCopyOf, &[("name", &name)])}
                    onclick={copy}>{ locale.say(Msg::ReportCopy) }</button>
                <button class="pill-button" data-testid={format!("download-{end}")} aria-label={locale.with(Msg::ReportDownloadOf, &[("name", &name), ("end", &format!(".{end}"))])}
                    onclick={download}>{ format!(".{end}") }</button>
                if matches!(kind, Kind::Svg) { { png(props) } }
            </li>
        }
    };
    // Until everything is counted it would be another text with every run.
    let text = if props.pending { String::new() } else { Kind::Markdown.text(props) };
    let print = Callback::from(|_: MouseEvent| save::print());
    html! {
        <>
            <p class="lead">{ locale.say(Msg::ReportLead) }</p>
            <ul class="files">{ for Kind::ALL.into_iter().map(row) }
                <li><span>{ locale.say(Msg::ReportPaper) }</span><button class="pill-button" data-testid="print" onclick={print}>{ locale.say(Msg::ReportPrint) }</button></li>
            </ul>
            <details>
                <summary>{ locale.say(Msg::ReportText) }</summary>
                <pre class="text" tabindex="0" role="group" aria-label={locale.say(Msg::ReportMarkdown)} data-testid="report-text">{ text }</pre>
            </details>
        </>
    }
}

fn png(props: &DebriefProps) -> Html {
    let locale = props.locale;
    let name = locale.say(Msg::ReportSvg);
    let onclick = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let (picture, height) = drawn(&props.run, &props.run.warped, look(&props));
            let name = format!("{}.png", props.run.world.meta.id);
            if save::picture(name, &picture, (WIDTH, height)).is_none() {
                props.send.emit(Action::Notice(Msg::NoticeNotSaved));
            }
        })
    };
    html! {
        <button class="pill-button" data-testid="download-png" aria-label={locale.with(Msg::ReportDownloadOf, &[("name", &name), ("end", ".png")])} {onclick}>{ ".png" }</button>
    }
}

//! Where each service's lost time went, as a picture: a row a service, a stretch of one look for each thing it waited for.
//!
//! It is written as text so that the page, the file and the print are the same picture. On the page it is drawn in the page's
//! own colours, on paper in those of the light theme.

use super::super::run::Run;
use crate::layout::axis::Axis;
use crate::layout::fold::ROOM_FOR;
use crate::layout::text::{fit, width as width_of};
use crate::layout::window::Window;
use crate::words::numbers::{clock, duration};
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::report::{Lost, Piece};
use bridge_engine::world::ServiceId;
use std::fmt::Write as _;

/// How to draw it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Language.
    pub locale: Locale,
    /// In CSS pixels.
    pub width: f64,
    /// A picture of its own: concrete colours, a ground and a title.
    pub paper: bool,
}

/// Colours by their names in the page's style sheet, and on paper.
const PAINTS: [(&str, &str); 11] = [
    ("bar-down", "#c8431b"),
    ("bar-degraded", "#c08417"),
    ("bar-nopower", "#b3b1ac"),
    ("bar-waiting", "#9a6f9e"),
    ("fire", "#c2410c"),
    ("bar-restarting", "#3d8bc6"),
    ("bar-up", "#2b9186"),
    ("ink", "#1d2430"),
    ("ink-3", "#636d7a"),
    ("hairline", "#d9d5cd"),
    ("surface", "#ffffff"),
];

const ROW: f64 = 24.0;
const BAR: f64 = 16.0;
const SIZE: f64 = 11.0;

/// Colour and pattern of what was lost to; no two have the same pattern.
const fn dress(lost: Lost) -> (&'static str, &'static str) {
    match lost {
        Lost::Undetected => ("bar-down", ""),
        Lost::Deciding => ("bar-degraded", "M-2 2L2-2M0 8L8 0M6 10L10 6"),
        Lost::Power => ("bar-nopower", "M0 0L8 8M8 0L0 8"),
        Lost::Dependency => ("bar-waiting", "M2 2h.01M6 6h.01"),
        Lost::Hands => ("fire", "M0 4H8"),
        Lost::Hardware => ("bar-nopower", "M4 0V8"),
        Lost::Switching => ("bar-restarting", "M-2 6L2 10M0 0L8 8M6-2L10 2"),
        Lost::Installing => ("bar-restarting", "M0 4H8M4 0V8"),
        Lost::Restarting => ("bar-restarting", "M1 6L4 2L7 6"),
        Lost::Restoring => ("bar-restarting", "M2 1L6 4L2 7"),
        Lost::NoData => ("bar-down", "M2 2L6 6M6 2L2 6"),
        Lost::Checking => ("bar-up", "M2 4a2 2 0 1 0 4 0a2 2 0 1 0-4 0"),
        Lost::Capacity => ("bar-degraded", "M2 2H6V6H2Z"),
    }
}

/// What some service lost time to, in the order in which it usually comes.
#[must_use]
pub fn kinds(run: &Run) -> Vec<Lost> {
    let any = |lost: &Lost| run.report().waterfalls.iter().flatten().any(|piece| piece.lost == *lost);
    Lost::ALL.into_iter().filter(any).collect()
}

/// Services that lost time, those first that people would miss first.
pub fn rows(run: &Run) -> impl Iterator<Item = (ServiceId, &[Piece])> {
    let pieces = |s: ServiceId| (s, run.report().waterfalls[s.index()].as_slice());
    run.ranked.iter().copied().map(pieces).filter(|row| !row.1.is_empty())
}

/// A piece in words: `Messenger: deciding, 0:19 – 1:38 (1:19)`.
#[must_use]
pub fn told(locale: Locale, run: &Run, service: ServiceId, piece: &Piece) -> String {
    let name = |s: ServiceId| locale.name(&run.world[s].name);
    let mut what = piece.lost.said(locale);
    if let Some(on) = piece.on {
        what = format!("{what} ({})", name(on));
    }
    let length = duration(piece.to.since(piece.from).secs());
    format!("{}: {what}, {} – {} ({length})", name(service), clock(piece.from), clock(piece.to))
}

/// The picture as SVG.
#[must_use]
pub fn svg(run: &Run, axis: &Axis, look: Look) -> String {
    drawn(run, axis, look).0
}

/// The picture, and its height in CSS pixels.
#[must_use]
pub fn drawn(run: &Run, axis: &Axis, look: Look) -> (String, f64) {
    let mut picture = Picture { look, out: String::new(), y: if look.paper { 34.0 } else { 0.0 } };
    let kinds = kinds(run);
    picture.legend(&kinds);
    picture.rows(run, axis);
    let (w, h) = (look.width, picture.y + 4.0);
    let title = run.world.meta.title.clone();
    let title = escaped(look.locale.name(&title));
    let name = escaped(&look.locale.say(Msg::DebriefWaterfall));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w:.0}\" height=\"{h:.0}\" viewBox=\"0 0 {w:.0} {h:.0}\" \
         font-size=\"{SIZE}\""
    );
    if look.paper {
        let (ground, ink) = (picture.paint("surface"), picture.paint("ink"));
        let _ = write!(
            out,
            " font-family=\"system-ui, sans-serif\"><rect width=\"{w:.0}\" height=\"{h:.0}\" fill=\"{ground}\"/>\
             <text x=\"0\" y=\"16\" font-size=\"14\" font-weight=\"700\" fill=\"{ink}\">{title} · {name}</text>"
        );
    } else {
        let _ = write!(out, " role=\"group\" aria-label=\"{name}\" data-roving=\"\">");
    }
    out.push_str("<defs>");
    for lost in kinds {
        let (colour, pattern) = dress(lost);
        let _ = write!(
            out,
            "<pattern id=\"lost-{}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" \
             fill=\"{}\"/><path d=\"{pattern}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.3\" stroke-opacity=\"0.7\" stroke-linecap=\"round\"/></pattern>",
            lost.name(),
            picture.paint(colour),
            picture.paint("surface"),
        );
    }
    out.push_str("</defs>");
    (out + &picture.out + "</svg>", h)
}

/// A picture being written, from the top down.
struct Picture {
    look: Look,
    out: String,
    y: f64,
}

impl Picture {
    fn paint(&self, name: &str) -> String {
        let paper = PAINTS.iter().find(|paint| paint.0 == name).filter(|_| self.look.paper);
        paper.map_or_else(|| format!("var(--{name})"), |paint| paint.1.to_owned())
    }

    fn text(&mut self, x: f64, y: f64, end: bool, ink: &str, words: &str) {
        let (ink, words) = (self.paint(ink), escaped(words));
        let anchor = if end { " text-anchor=\"end\"" } else { "" };
        let _ = write!(
            self.out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\"{anchor} fill=\"{ink}\" aria-hidden=\"true\">{words}</text>"
        );
    }

    fn line(&mut self, x: f64, from: f64, to: f64, ink: &str, dashes: &str) {
        let ink = self.paint(ink);
        let _ = write!(
            self.out,
            "<path d=\"M{x:.1} {from:.1}V{to:.1}\" stroke=\"{ink}\" stroke-dasharray=\"{dashes}\"/>"
        );
    }

    fn legend(&mut self, kinds: &[Lost]) {
        let mut x = 0.0;
        for lost in kinds {
            let words = lost.said(self.look.locale);
            let room = 20.0 + width_of(&words, SIZE) + 14.0;
            if x > 0.0 && x + room > self.look.width {
                x = 0.0;
                self.y += 18.0;
            }
            let (y, name) = (self.y, lost.name());
            let _ = write!(
                self.out,
                "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"14\" height=\"11\" rx=\"2\" fill=\"url(#lost-{name})\"/>",
                y + 2.0
            );
            self.text(x + 20.0, y + 11.5, false, "ink-3", &words);
            x += room;
        }
        self.y += 26.0;
    }

    fn rows(&mut self, run: &Run, axis: &Axis) {
        let (locale, width) = (self.look.locale, self.look.width);
        let names: f64 = if width < 560.0 { 78.0 } else { 128.0 };
        let plot = (width - names - 48.0).max(40.0);
        let top = self.y;
        // A page of many is read from the top; paper is kept.
        let most = if self.look.paper { usize::MAX } else { ROOM_FOR };
        let count = rows(run).take(most).count() as f64;
        let bottom = top + 14.0 + count * ROW;
        for at in axis.ticks(Window::WHOLE, plot, 52.0) {
            let x = names + axis.position(at) * plot;
            self.line(x, top + 4.0, bottom, "hairline", "");
            self.text(x + 3.0, top + 8.0, false, "ink-3", &clock(at));
        }
        self.y += 14.0;
        let mut first = true;
        for (service, pieces) in rows(run).take(most) {
            let name = fit(locale.name(&run.world[service].name), SIZE, names - 8.0);
            self.text(0.0, self.y + 16.0, false, "ink", &name);
            for piece in pieces {
                let at = |t: Time| names + axis.position(t) * plot;
                self.piece(run, service, piece, (at(piece.from), at(piece.to)), first);
                first = false;
            }
            let end = pieces.last().map_or(Time::ZERO, |piece| piece.to);
            let lost = duration(run.report().services[service.index()].lost.secs());
            self.text(names + axis.position(end) * plot + 5.0, self.y + 16.0, false, "ink", &lost);
            self.y += ROW;
        }
        if let Some(full) = run.report().sites.iter().filter_map(|site| site.power_full).max() {
            let x = names + axis.position(full) * plot;
            self.line(x, top + 12.0, bottom + 2.0, "bar-degraded", "3 3");
            let words = locale.with(Msg::ChartFullPower, &[("at", &clock(full))]);
            self.text(x - 4.0, bottom + 12.0, true, "ink-3", &words);
            self.y += 14.0;
        }
    }

    fn piece(&mut self, run: &Run, service: ServiceId, piece: &Piece, x: (f64, f64), stop: bool) {
        let (y, name) = (self.y + (ROW - BAR) / 2.0, piece.lost.name());
        // Something that took no time to see is still there.
        let w = (x.1 - x.0 - 0.6).max(1.0);
        let words = escaped(&told(self.look.locale, run, service, piece));
        let button = if self.look.paper {
            String::new()
        } else {
            let (stop, at, id) = (if stop { "0" } else { "-1" }, piece.from.0, service.0);
            format!(
                " role=\"button\" tabindex=\"{stop}\" data-stop=\"\" data-at=\"{at}\" data-service=\"{id}\" aria-label=\"{words}\""
            )
        };
        let _ = write!(
            self.out,
            "<rect class=\"piece\" x=\"{:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{BAR}\" rx=\"2\" \
             fill=\"url(#lost-{name})\"{button}><title>{words}</title></rect>",
            x.0
        );
    }
}

/// Text that means nothing to a reader of markup.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

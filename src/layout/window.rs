//! The part of the axis that the timeline shows, and how wide.
//!
//! Everything here is about positions on an [`Axis`], 0 to 1; a [`Scale`] puts them on so many pixels.

use super::axis::Axis;
use bridge_engine::Time;

/// The narrowest window, as a share of the axis.
pub const LEAST: f64 = 0.0025;
/// One step of a button or a key makes the window so much narrower.
pub const STEP: f64 = 1.6;
/// Where the playhead stands in a window that was turned over after it, as a share.
const AFTER_TURN: f64 = 0.08;

/// From one position to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    from: f64,
    to: f64,
}

/// One of its two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The left one.
    From,
    /// The right one.
    To,
}

impl Default for Window {
    fn default() -> Self {
        Self::WHOLE
    }
}

impl Window {
    /// All of it.
    pub const WHOLE: Self = Self { from: 0.0, to: 1.0 };

    /// Between two positions in any order; as narrow as can be where they are nearer than that.
    #[must_use]
    pub fn between(a: f64, b: f64) -> Self {
        let (a, b) = (a.clamp(0.0, 1.0), b.clamp(0.0, 1.0));
        Self::from(a.min(b), (b - a).abs())
    }

    /// So wide, beginning at a position, moved as little as it takes to lie on the axis.
    fn from(from: f64, width: f64) -> Self {
        let width = width.clamp(LEAST, 1.0);
        let from = from.clamp(0.0, 1.0 - width);
        Self { from, to: (from + width).min(1.0) }
    }

    /// Where it begins and where it ends.
    #[must_use]
    pub const fn ends(self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// How much of the axis it shows.
    #[must_use]
    pub fn width(self) -> f64 {
        self.to - self.from
    }

    /// It shows everything.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.width() > 1.0 - 1e-9
    }

    /// Where a position stands in it, as a share of its width; less than 0 or more than 1 outside.
    #[must_use]
    pub fn share(self, position: f64) -> f64 {
        (position - self.from) / self.width()
    }

    /// The position that stands at a share of its width.
    #[must_use]
    pub fn position(self, share: f64) -> f64 {
        self.from + share * self.width()
    }

    /// So many times narrower; what stands at a position stays where it is, if the ends of the axis allow. A position outside
    /// is not what is looked at: the middle stays then.
    #[must_use]
    pub fn zoomed(self, by: f64, around: f64) -> Self {
        let share = self.share(around);
        let share = if (0.0..=1.0).contains(&share) { share } else { 0.5 };
        let width = (self.width() / by).clamp(LEAST, 1.0);
        Self::from(self.position(share) - share * width, width)
    }

    /// Drawn out between two fingers, or pushed together: what was under each of them, at shares of the width, is under it
    /// where it is now. Fingers that nearly touch say nothing.
    #[must_use]
    pub fn pinched(self, before: (f64, f64), now: (f64, f64)) -> Self {
        let (apart, now_apart) = ((before.1 - before.0).abs(), (now.1 - now.0).abs());
        if apart < 0.01 || now_apart < 0.01 {
            return self;
        }
        let width = (self.width() * apart / now_apart).clamp(LEAST, 1.0);
        let middle = |fingers: (f64, f64)| (fingers.0 + fingers.1) / 2.0;
        Self::from(self.position(middle(before)) - middle(now) * width, width)
    }

    /// As wide, further on by a part of the axis.
    #[must_use]
    pub fn moved(self, by: f64) -> Self {
        Self::from(self.from + by, self.width())
    }

    /// With one end somewhere else; the other stays, and is never passed.
    #[must_use]
    pub fn with(self, end: End, at: f64) -> Self {
        match end {
            End::From => {
                let from = at.clamp(0.0, (self.to - LEAST).max(0.0));
                Self { from, to: self.to.max(from + LEAST) }
            }
            End::To => {
                let to = at.clamp((self.from + LEAST).min(1.0), 1.0);
                Self { from: self.from.min(to - LEAST), to }
            }
        }
    }

    /// As wide, with a position in it: as it is if it holds that already, turned over like a page where that is near, else
    /// around it.
    #[must_use]
    pub fn followed(self, position: f64) -> Self {
        let (share, width) = (self.share(position), self.width());
        match share {
            0.0..=1.0 => self,
            1.0..=2.0 => Self::from(position - AFTER_TURN * width, width),
            -1.0..=0.0 => Self::from(position - (1.0 - AFTER_TURN) * width, width),
            _ => Self::from(position - 0.5 * width, width),
        }
    }
}

/// A window of an axis on so many pixels.
#[derive(Clone, Copy, Debug)]
pub struct Scale<'a> {
    /// The axis.
    pub axis: &'a Axis,
    /// What of it is shown.
    pub window: Window,
    /// Pixels.
    pub width: f64,
}

impl Scale<'_> {
    /// Where a moment stands; outside of the pixels if it is not shown.
    #[must_use]
    pub fn x(&self, at: Time) -> f64 {
        self.window.share(self.axis.position(at)) * self.width
    }

    /// What is shown of a stretch of time; none if nothing is.
    #[must_use]
    pub fn stretch(&self, from: Time, to: Time) -> Option<(f64, f64)> {
        let (a, b) = (self.x(from).max(0.0), self.x(to).min(self.width));
        (a <= b).then_some((a, b))
    }

    /// A moment is shown.
    #[must_use]
    pub fn shows(&self, at: Time) -> bool {
        (-0.5..=self.width + 0.5).contains(&self.x(at))
    }

    /// Which moment stands there.
    #[must_use]
    pub fn time(&self, x: f64) -> Time {
        self.axis.time(self.window.position((x / self.width.max(1.0)).clamp(0.0, 1.0)))
    }

    /// Round moments to write, with at least `gap` pixels from one to the next.
    #[must_use]
    pub fn ticks(&self, gap: f64) -> Vec<Time> {
        self.axis.ticks(self.window, self.width, gap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge_engine::Span;
    use proptest::prelude::*;

    fn axis() -> Axis {
        let hours = |h: f64| Time::ZERO + Span::from_secs_f64(h * 3600.0);
        let marks = [0.0, 0.01, 0.5, 1.5, 1.55, 3.0, 8.0, 12.0, 60.0, 127.0].map(hours);
        Axis::warped(hours(140.0), &marks, &[Time::ZERO])
    }

    fn window() -> impl Strategy<Value = Window> {
        (0.0..=1.0, 0.0..=1.0).prop_map(|(a, b)| Window::between(a, b))
    }

    fn lies_on_the_axis(window: Window) -> bool {
        let (from, to) = window.ends();
        (0.0..=1.0).contains(&from) && (0.0..=1.0).contains(&to) && window.width() >= LEAST - 1e-12
    }

    proptest! {
        #[test]
        fn whatever_is_done_it_lies_on_the_axis(start in window(), by in 0.01..100.0, at in -1.0..2.0) {
            for window in [
                start,
                start.zoomed(by, at),
                start.moved(at),
                start.with(End::From, at),
                start.with(End::To, at),
                start.followed(at.clamp(0.0, 1.0)),
            ] {
                prop_assert!(lies_on_the_axis(window), "{window:?}");
            }
        }

        #[test]
        fn what_is_zoomed_around_stays_where_it_is(start in window(), by in 0.2..5.0, share in 0.0..=1.0) {
            let around = start.position(share);
            let next = start.zoomed(by, around);
            let (from, to) = next.ends();
            prop_assert!(from - 1e-9 <= around && around <= to + 1e-9, "it is still in sight");
            let free = from > 0.0 && to < 1.0;
            prop_assert!(!free || (next.share(around) - share).abs() < 1e-6, "{start:?} {next:?}");
            let wide = (start.width() / by).clamp(LEAST, 1.0);
            prop_assert!((next.width() - wide).abs() < 1e-9);
        }

        #[test]
        fn fingers_hold_what_they_touch(
            start in window(), a in 0.0..0.45, b in 0.55..1.0, c in 0.0..0.45, d in 0.55..1.0,
        ) {
            let next = start.pinched((a, b), (c, d));
            let (from, to) = next.ends();
            prop_assert!(lies_on_the_axis(next));
            let free = from > 0.0 && to < 1.0 && next.width() > LEAST;
            for (before, now) in [(a, c), (b, d)] {
                prop_assert!(!free || (next.share(start.position(before)) - now).abs() < 1e-6);
            }
        }

        #[test]
        fn there_and_back(window in window(), share in 0.0..=1.0, x in 0.0..=900.0) {
            prop_assert!((window.share(window.position(share)) - share).abs() < 1e-9);
            let axis = axis();
            let scale = Scale { axis: &axis, window, width: 900.0 };
            // A moment is a whole number of microseconds; the narrowest window has seconds on its pixels.
            prop_assert!((scale.x(scale.time(x)) - x).abs() < 0.5, "{} {x}", scale.x(scale.time(x)));
        }

        #[test]
        fn an_end_moves_alone(start in window(), at in -1.0..2.0) {
            let (from, to) = start.ends();
            prop_assert!((start.with(End::From, at).ends().1 - to).abs() < 1e-9);
            prop_assert!((start.with(End::To, at).ends().0 - from).abs() < 1e-9);
        }

        #[test]
        fn what_is_followed_is_in_sight(start in window(), at in 0.0..=1.0) {
            let next = start.followed(at);
            prop_assert!((next.width() - start.width()).abs() < 1e-9, "as wide as before");
            prop_assert!((-1e-9..=1.0 + 1e-9).contains(&next.share(at)), "{start:?} {next:?}");
            prop_assert!(!(0.0..=1.0).contains(&start.share(at)) || next == start, "still, while it is in sight");
        }

        #[test]
        fn every_window_has_round_moments(window in window(), plain in any::<bool>(), width in 240.0..1200.0) {
            let axis = if plain { Axis::plain(Time(140 * 3_600_000_000)) } else { axis() };
            let scale = Scale { axis: &axis, window, width };
            let ticks = scale.ticks(62.0);
            let xs: Vec<f64> = ticks.iter().map(|t| scale.x(*t)).collect();
            prop_assert!(!xs.is_empty(), "{window:?}");
            prop_assert!(xs.iter().all(|x| (-1e-6..=width).contains(x)));
            prop_assert!(xs.windows(2).all(|w| w[1] - w[0] >= 62.0));
        }
    }
}

//! Pure geometry: where things stand. Nothing here knows a browser or a language.

pub mod axis;
pub mod building;
pub mod crowd;
pub mod fold;
pub mod graph;
pub mod text;
pub mod window;
pub mod wires;

/// An axis-parallel box in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// A box from its corner and size.
    #[must_use]
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// Right edge.
    #[must_use]
    pub const fn right(self) -> f64 {
        self.x + self.w
    }

    /// Lower edge.
    #[must_use]
    pub const fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// Middle, across.
    #[must_use]
    pub const fn cx(self) -> f64 {
        self.x + self.w / 2.0
    }

    /// Middle, down.
    #[must_use]
    pub const fn cy(self) -> f64 {
        self.y + self.h / 2.0
    }
}

//! Reads the colour tokens and checks that everything written in them can be read.

/// Pairs of ink and ground that carry text, which needs 4.5 : 1.
const TEXT: [(&str, &str); 27] = [
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink", "surface-2"),
    ("ink-2", "ground"),
    ("ink-2", "surface"),
    ("ink-2", "surface-2"),
    ("ink-3", "ground"),
    ("ink-3", "surface"),
    ("ink-3", "surface-2"),
    ("surface", "ink"),
    ("up", "surface"),
    ("up", "ground"),
    ("degraded", "surface"),
    ("degraded", "ground"),
    ("down", "surface"),
    ("down", "ground"),
    ("waiting", "surface"),
    ("waiting", "ground"),
    ("restarting", "surface"),
    ("restarting", "ground"),
    ("nopower", "surface"),
    ("nopower", "ground"),
    ("fire", "surface"),
    ("fire", "surface-2"),
    ("up", "surface-2"),
    ("waiting", "surface-2"),
    ("restarting", "surface-2"),
];

/// Pairs of shapes and grounds, which need 3 : 1.
const SHAPES: [(&str, &str); 8] = [
    ("current", "surface"),
    ("accent-ink", "current"),
    ("bar-up", "surface"),
    ("bar-degraded", "surface"),
    ("bar-down", "surface"),
    ("bar-waiting", "surface"),
    ("bar-restarting", "surface"),
    ("water", "surface-2"),
];

fn token(block: &str, name: &str) -> [f64; 3] {
    let at = block.find(&format!("--{name}: #")).unwrap_or_else(|| panic!("no --{name}")) + name.len() + 5;
    let channel =
        |i: usize| f64::from(u8::from_str_radix(&block[at + 2 * i..at + 2 * i + 2], 16).unwrap()) / 255.0;
    [channel(0), channel(1), channel(2)]
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |c: f64| {
        if c <= 0.04045 { c / 12.92 } else { bridge_engine::kernel::math::pow((c + 0.055) / 1.055, 2.4) }
    };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn blocks() -> [(&'static str, &'static str); 3] {
    let css = include_str!("../assets/styles/tokens.css");
    let mut parts = css.split(" color-scheme:").skip(1);
    let mut next = || parts.next().unwrap();
    [("light", next()), ("dark by the system", next()), ("dark", next())]
}

#[test]
fn every_text_can_be_read() {
    for (theme, block) in blocks() {
        for (pairs, least) in [(&TEXT[..], 4.5), (&SHAPES[..], 3.0)] {
            for (ink, ground) in pairs {
                let found = contrast(token(block, ink), token(block, ground));
                assert!(found >= least, "{theme}: {ink} on {ground} has {found:.2}, needs {least}");
            }
        }
    }
}

#[test]
fn both_ways_to_dark_are_the_same() {
    let [_, (_, by_system), (_, by_choice)] = blocks();
    let values = |block: &str| {
        let end = block.find('}').unwrap();
        block[..end]
            .lines()
            .skip(1)
            .map(|l| l.trim().to_owned())
            .filter(|l| !l.is_empty())
            .collect::<Vec<_>>()
    };
    assert_eq!(values(by_system), values(by_choice));
}

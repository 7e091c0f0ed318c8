//! The steps that undo and redo lead over, as text, so that they are still there after a reload.
//!
//! ```text
//! past 1 2 1                    how many steps back, and forward again
//! 10423                         what holds now, by its length
//! <what holds now>
//! 8120 2299 4⇥2500              for each step from there: what it has in common with the one nearer to now at its beginning
//!                               and at its end, and by its length what it has between these instead
//! ```
//!
//! A step is a work without its name: its script, by names, and its text where that was changed. Scripts are only read when
//! somebody steps there, because they are about the world of their step.

use super::history::History;
use super::{Source, Work, names};
use bridge_engine::kernel::order::sorted_by_key;
use bridge_engine::world::{Incident, Script};
use bridge_engine::{Time, World};
use std::fmt::Write as _;
use std::rc::Rc;

const HEADER: &str = "past 1 ";
/// Stands before the text of a step.
const TEXT: &str = "\ntext\n";
/// Steps that are kept, each way.
const MOST_STEPS: usize = 200;
/// Bytes that they may take; there is room for five million in all, of which works need some.
const MOST_BYTES: usize = 400_000;
/// Longer scripts than anybody drops by hand are not read back.
const MOST_LINES: usize = 2_000;

/// A script by names, a line an incident.
#[must_use]
pub fn written(world: &World, script: &Script) -> Rc<str> {
    let mut out = String::new();
    for incident in script {
        let (word, target) = names::written(world, incident);
        let _ = write!(out, "\n{word} {target} {}", incident.at.0);
    }
    out.into()
}

/// The script that was written so; none if it is not of this world.
#[must_use]
pub fn read<'a>(world: &World, lines: impl Iterator<Item = &'a str>) -> Option<Script> {
    let mut script = Script::new();
    for line in lines.take(MOST_LINES) {
        let (word, rest) = line.split_once(' ')?;
        let (target, at) = rest.rsplit_once(' ')?;
        let (origin, action) = names::read(world, word, target)?;
        script.push(Incident { at: Time(at.parse().ok()?), action, origin });
    }
    Some(sorted_by_key(script, |i| i.at))
}

/// All steps as text; nothing if there are none.
#[must_use]
pub fn kept(history: &History<Work>) -> String {
    let now = step(history.present());
    let (mut back, mut forward) = (String::new(), String::new());
    let (mut backs, mut forwards) = (0, 0);
    // Those nearest to now first; of what has no room the furthest is left out.
    for (steps, out, count) in
        [(history.past(), &mut back, &mut backs), (history.future(), &mut forward, &mut forwards)]
    {
        let mut near = now.clone();
        for work in steps.iter().rev().take(MOST_STEPS) {
            let far = step(work);
            let change = change(&near, &far);
            if out.len() + change.len() > MOST_BYTES {
                break;
            }
            out.push_str(&change);
            *count += 1;
            near = far;
        }
    }
    if backs + forwards == 0 {
        return String::new();
    }
    format!("{HEADER}{backs} {forwards}\n{}\n{now}{back}{forward}", now.len())
}

/// The history of a work, from its steps as text. What cannot be read of them is left out; where the work went on after they
/// were kept, they are its past.
#[must_use]
pub fn restored(present: Work, kept: &str) -> History<Work> {
    let read = || {
        let (head, rest) = kept.strip_prefix(HEADER)?.split_once('\n')?;
        let (backs, forwards) = head.split_once(' ')?;
        let (length, rest) = rest.split_once('\n')?;
        let (now, mut rest) = rest.split_at_checked(length.parse().ok()?)?;
        let mut steps = |count: &str| {
            let (mut near, mut out) = (now.to_owned(), Vec::new());
            for _ in 0..count.parse::<usize>().ok()?.min(MOST_STEPS) {
                let (far, left) = changed(&near, rest)?;
                out.push(work(&present, &far)?);
                (near, rest) = (far, left);
            }
            out.reverse();
            Some(out)
        };
        let (mut past, future) = (steps(backs)?, steps(forwards)?);
        if now == step(&present) {
            return Some((past, future));
        }
        past.push(work(&present, now)?);
        Some((past, Vec::new()))
    };
    let (past, future) = read().unwrap_or_default();
    History::of(past, present, future)
}

fn step(work: &Work) -> String {
    let text = work.source.edited.as_deref().map(|text| format!("{TEXT}{text}"));
    format!("{}{}", work.written, text.unwrap_or_default())
}

/// A work of the same name and origin, at a step; its script is not read yet.
fn work(of: &Work, step: &str) -> Option<Work> {
    let (written, edited) = match step.split_once(TEXT) {
        Some((written, text)) => (written, Some(text.into())),
        None => (step, None),
    };
    let plain = written.lines().all(|line| line.is_empty() || line.split(' ').count() >= 3);
    let source = Source { origin: of.source.origin.clone(), edited };
    plain.then(|| Work { id: Rc::clone(&of.id), source, script: None, written: written.into() })
}

fn change(near: &str, far: &str) -> String {
    let same = |a: &[u8], b: &[u8]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let mut head = same(near.as_bytes(), far.as_bytes());
    while !near.is_char_boundary(head) || !far.is_char_boundary(head) {
        head -= 1;
    }
    let (near, far) = (&near[head..], &far[head..]);
    let mut tail = near.bytes().rev().zip(far.bytes().rev()).take_while(|(a, b)| a == b).count();
    while !near.is_char_boundary(near.len() - tail) || !far.is_char_boundary(far.len() - tail) {
        tail -= 1;
    }
    let between = &far[..far.len() - tail];
    format!("{head} {tail} {}\t{between}", between.len())
}

/// What was changed so, and what follows on the change.
fn changed<'a>(near: &str, change: &'a str) -> Option<(String, &'a str)> {
    let (head, rest) = change.split_once('\t')?;
    let mut numbers = head.split(' ').map(|n| n.parse::<usize>().ok());
    let (head, tail, length) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let (between, rest) = rest.split_at_checked(length)?;
    let (front, left) = near.split_at_checked(head)?;
    let (_, back) = left.split_at_checked(left.len().checked_sub(tail)?)?;
    Some((format!("{front}{between}{back}"), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_change_is_made_again(near in "[ab가나\n\t ]{0,40}", far in "[ab가나\n\t ]{0,40}", after in "[0-9 \t]{0,5}") {
            let change = format!("{}{after}", change(&near, &far));
            prop_assert_eq!(changed(&near, &change), Some((far, after.as_str())));
        }

        #[test]
        fn nothing_that_is_kept_is_a_panic(kept in "(past 1 [0-9]{1,3} [0-9]{1,3}\n)?[0-9가a \t\n]{0,60}") {
            let source = Source::unchanged(super::super::Origin::Shipped(0));
            let now = Work { id: Rc::default(), source, script: None, written: "".into() };
            let history = restored(now.clone(), &kept);
            prop_assert_eq!(history.present(), &now);
        }
    }
}

//! Plain data as bytes and back, in few bytes and with little code: what one build wrote, the same build reads.
//!
//! ```text
//!  whole numbers   seven bits a byte, low end first, the eighth bit: more follows
//!  fractions       their 64 bits with the bytes reversed, so that round ones are short, as a whole number
//!  texts, lists    how many, then each                     choices   which, then what belongs to it
//! ```
//!
//! Reading never fails half-way: bytes that cannot be right mark the source as broken, and from there on it gives
//! zeros, so that whoever reads looks once, at the end. No list is longer than the bytes that are left.

use crate::kernel::time::{Span, Time};
use std::borrow::Cow;

/// Bytes being read.
#[derive(Debug)]
pub struct Source<'a> {
    left: &'a [u8],
    broken: bool,
}

impl<'a> Source<'a> {
    /// From the beginning.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { left: bytes, broken: false }
    }

    /// Everything was read, and everything was right.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.left.is_empty() && !self.broken
    }

    /// What was read cannot be right.
    pub const fn fail(&mut self) {
        self.broken = true;
        self.left = &[];
    }

    /// A whole number.
    #[inline(never)]
    pub fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let Some((&byte, left)) = self.left.split_first() else { break };
            self.left = left;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.fail();
        0
    }

    /// How many follow; each of them takes a byte or more.
    fn count(&mut self) -> usize {
        let count = self.number() as usize;
        if count > self.left.len() {
            self.fail();
            return 0;
        }
        count
    }
}

/// Plain data that can be written as bytes.
pub trait Bytes: Sized {
    /// Adds it.
    fn put(&self, to: &mut Vec<u8>);
    /// Reads it.
    fn take(from: &mut Source<'_>) -> Self;
}

/// Adds a whole number.
pub fn put_number(mut number: u64, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Bytes for $type {
            fn put(&self, to: &mut Vec<u8>) {
                put_number(*self as u64, to);
            }
            fn take(from: &mut Source<'_>) -> Self {
                from.number() as Self
            }
        }
    )*};
}

numbers!(u8, u32, u64, usize, i32, i64);

impl Bytes for bool {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }
    fn take(from: &mut Source<'_>) -> Self {
        from.number() != 0
    }
}

impl Bytes for f64 {
    fn put(&self, to: &mut Vec<u8>) {
        put_number(self.to_bits().swap_bytes(), to);
    }
    #[inline(never)]
    fn take(from: &mut Source<'_>) -> Self {
        Self::from_bits(from.number().swap_bytes())
    }
}

impl Bytes for Span {
    fn put(&self, to: &mut Vec<u8>) {
        put_number(self.0, to);
    }
    fn take(from: &mut Source<'_>) -> Self {
        Self(from.number())
    }
}

impl Bytes for Time {
    fn put(&self, to: &mut Vec<u8>) {
        put_number(self.0, to);
    }
    fn take(from: &mut Source<'_>) -> Self {
        Self(from.number())
    }
}

impl Bytes for String {
    fn put(&self, to: &mut Vec<u8>) {
        put_number(self.len() as u64, to);
        to.extend_from_slice(self.as_bytes());
    }
    #[inline(never)]
    fn take(from: &mut Source<'_>) -> Self {
        let count = from.count();
        let (text, left) = from.left.split_at(count);
        from.left = left;
        let Ok(text) = std::str::from_utf8(text) else {
            from.fail();
            return Self::new();
        };
        text.to_owned()
    }
}

impl Bytes for Cow<'static, str> {
    fn put(&self, to: &mut Vec<u8>) {
        self.clone().into_owned().put(to);
    }
    fn take(from: &mut Source<'_>) -> Self {
        Self::Owned(Bytes::take(from))
    }
}

impl<T: Bytes> Bytes for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(u8::from(self.is_some()));
        if let Some(of) = self {
            of.put(to);
        }
    }
    fn take(from: &mut Source<'_>) -> Self {
        if bool::take(from) { Some(T::take(from)) } else { None }
    }
}

impl<T: Bytes> Bytes for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        put_number(self.len() as u64, to);
        for of in self {
            of.put(to);
        }
    }
    #[inline(never)]
    fn take(from: &mut Source<'_>) -> Self {
        let mut list = Self::new();
        let count = from.count();
        for _ in 0..count {
            if from.broken {
                break;
            }
            list.push(T::take(from));
        }
        list
    }
}

impl<A: Bytes, B: Bytes> Bytes for (A, B) {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }
    fn take(from: &mut Source<'_>) -> Self {
        (A::take(from), B::take(from))
    }
}

/// Writes records and choices by lists of their fields, complete or they do not build, and gives the lists a number, so
/// that bytes of other lists are told apart.
macro_rules! bytes {
    (
        $(#[$doc:meta])* $stamp:ident;
        records { $($record:ident $(($($place:ident),*))? $({$($field:ident),* $(,)?})?;)* }
        choices { $($choice:ident {$(
            $tag:literal $case:ident $(($($of:ident),*))? $({$($part:ident),*})?;
        )*})* }
    ) => {
        $(#[$doc])*
        pub const $stamp: u64 = $crate::kernel::hash::of_text(stringify!(
            $($record $(($($place),*))? $({$($field),*})?;)*
            $($choice {$($tag $case $(($($of),*))? $({$($part),*})?;)*})*
        ));

        $(impl $crate::kernel::bytes::Bytes for $record {
            fn put(&self, to: &mut Vec<u8>) {
                let Self $(($($place),*))? $({$($field),*})? = self;
                $($($crate::kernel::bytes::Bytes::put($place, to);)*)?
                $($($crate::kernel::bytes::Bytes::put($field, to);)*)?
            }
            // Once each, however many lists hold it: a first download is made of this.
            #[inline(never)]
            fn take(from: &mut $crate::kernel::bytes::Source<'_>) -> Self {
                $($(let $place = $crate::kernel::bytes::Bytes::take(from);)*)?
                $($(let $field = $crate::kernel::bytes::Bytes::take(from);)*)?
                Self $(($($place),*))? $({$($field),*})?
            }
        })*

        $(impl $crate::kernel::bytes::Bytes for $choice {
            fn put(&self, to: &mut Vec<u8>) {
                match self {$(
                    Self::$case $(($($of),*))? $({$($part),*})? => {
                        to.push($tag);
                        $($($crate::kernel::bytes::Bytes::put($of, to);)*)?
                        $($($crate::kernel::bytes::Bytes::put($part, to);)*)?
                    }
                )*}
            }
            #[inline(never)]
            fn take(from: &mut $crate::kernel::bytes::Source<'_>) -> Self {
                match from.number() {
                    $($tag => {
                        $($(let $of = $crate::kernel::bytes::Bytes::take(from);)*)?
                        $($(let $part = $crate::kernel::bytes::Bytes::take(from);)*)?
                        Self::$case $(($($of),*))? $({$($part),*})?
                    })*
                    _ => {
                        // A broken source gives zero, which is a case.
                        from.fail();
                        Self::take(from)
                    }
                }
            }
        })*
    };
}
pub(crate) use bytes;

#[cfg(test)]
mod tests {
    use super::{Bytes, Source};
    use std::fmt::Debug;

    fn length<T: Bytes + PartialEq + Debug>(value: &T) -> usize {
        let mut bytes = Vec::new();
        value.put(&mut bytes);
        let mut source = Source::new(&bytes);
        assert_eq!(T::take(&mut source), *value);
        assert!(source.is_done());
        bytes.len()
    }

    #[test]
    fn everything_comes_back_and_what_is_usual_is_short() {
        assert_eq!([length(&0_u64), length(&127_u32), length(&128_u32), length(&u64::MAX)], [1, 1, 2, 10]);
        assert_eq!([length(&-1_i64), length(&i32::MIN)], [10, 10]);
        assert_eq!([length(&0.0), length(&1.0), length(&0.5), length(&100.0)], [1, 3, 3, 3]);
        assert_eq!([length(&0.1), length(&f64::MIN), length(&f64::INFINITY)], [10, 10, 3]);
        assert_eq!(length(&"끊긴 다리".to_owned()), 14);
        assert_eq!(length(&vec![Some((true, 2_u8)), None]), 5);
    }

    #[test]
    fn what_cannot_be_right_is_told_and_takes_no_memory() {
        let broken = |bytes: &[u8]| {
            let mut source = Source::new(bytes);
            let list = Vec::<String>::take(&mut source);
            (list.len(), source.is_done())
        };
        assert_eq!(broken(&[]), (0, false));
        assert_eq!(broken(&[0]), (0, true));
        assert_eq!(broken(&[0, 0]), (0, false));
        assert_eq!(broken(&[1, 1]), (1, false));
        assert_eq!(broken(&[1, 1, 0xff]), (1, false));
        assert_eq!(broken(&[0xff; 9]), (0, false));
        assert_eq!(broken(&[0xff; 20]), (0, false));
        // Eight million strings are not asked for.
        assert_eq!(broken(&[0x80, 0x80, 0x80, 0x04, 0]), (0, false));
    }
}

//! The macros that turn a table of keys into a struct, its reader and its shape.

/// Records: fixed keys. A key is `required` (with an example for whoever forgot it), `optional` (an `Option`), has a
/// `default "text"` read like the author's own text, or is `empty` without being written.
macro_rules! records {
    ($(
        $(#[doc = $about:literal])*
        $name:ident { $( $(#[doc = $doc:literal])* $field:ident: $type:ty = $mode:ident $($text:literal)?; )* }
    )*) => {$(
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            /// Where it is written.
            pub spot: $crate::scenario::tree::At,
            $( $(#[doc = $doc])* pub $field: $crate::scenario::record::field_type!($mode $type), )*
        }

        impl $crate::scenario::read::Read for $name {
            fn read(cx: &mut $crate::scenario::read::Cx<'_>, at: $crate::scenario::tree::At) -> Self {
                cx.keys(at, &[$(stringify!($field)),*]);
                Self {
                    spot: at,
                    $( $field: $crate::scenario::record::field_read!(cx, at, $field, $mode $type $(, $text)?), )*
                }
            }
            fn shape() -> $crate::scenario::shape::Shape {
                $crate::scenario::shape::Shape::Record($crate::scenario::shape::RecordShape {
                    name: $crate::scenario::shape::public_name(stringify!($name)),
                    about: concat!($($about),*).trim_ascii(),
                    fields: vec![$( $crate::scenario::shape::FieldShape {
                        key: stringify!($field),
                        about: concat!($($doc),*).trim_ascii(),
                        shape: <$type as $crate::scenario::read::Read>::shape(),
                        presence: $crate::scenario::record::field_presence!($mode $($text)?),
                    } ),*],
                })
            }
        }
    )*};
}

macro_rules! field_type {
    (optional $type:ty) => { Option<$type> };
    ($mode:ident $type:ty) => { $type };
}

macro_rules! field_read {
    ($cx:ident, $at:ident, $field:ident, required $type:ty, $example:literal) => {{
        let field = $cx.required($at, stringify!($field), $example);
        <$type as $crate::scenario::read::Read>::read($cx, field)
    }};
    ($cx:ident, $at:ident, $field:ident, optional $type:ty) => {
        $cx.field($at, stringify!($field))
            .map(|field| <$type as $crate::scenario::read::Read>::read($cx, field))
    };
    ($cx:ident, $at:ident, $field:ident, default $type:ty, $default:literal) => {{
        let field = $cx.field_or_nowhere($at, stringify!($field));
        <$type as $crate::scenario::read::Preset>::read_or($cx, field, $default)
    }};
    ($cx:ident, $at:ident, $field:ident, empty $type:ty) => {{
        let field = $cx.field_or_nowhere($at, stringify!($field));
        <$type as $crate::scenario::read::Read>::read($cx, field)
    }};
}

macro_rules! field_presence {
    (required $example:literal) => {
        $crate::scenario::shape::Presence::Required
    };
    (optional) => {
        $crate::scenario::shape::Presence::Optional
    };
    (default $default:literal) => {
        $crate::scenario::shape::Presence::Default($default)
    };
    (empty) => {
        $crate::scenario::shape::Presence::Empty
    };
}

/// Choices: words that stand for a variant of a type of the world. The first is what stands in for a word that cannot
/// be read.
macro_rules! choices {
    ($($type:ty, $name:literal, { $($word:literal => $value:expr, $about:literal;)* })*) => {$(
        impl $crate::scenario::read::Read for $type {
            fn read(cx: &mut $crate::scenario::read::Cx<'_>, at: $crate::scenario::tree::At) -> Self {
                <Self as $crate::scenario::read::Preset>::read_or(cx, at, "")
            }
            fn shape() -> $crate::scenario::shape::Shape {
                $crate::scenario::shape::Shape::Choice($name, &[$(($word, $about)),*])
            }
        }
        impl $crate::scenario::read::Preset for $type {
            fn read_or(
                cx: &mut $crate::scenario::read::Cx<'_>,
                at: $crate::scenario::tree::At,
                default: &'static str,
            ) -> Self {
                let values = [$($value),*];
                values[cx.choice(at, default, &[$($word),*])]
            }
        }
    )*};
}

pub(crate) use {choices, field_presence, field_read, field_type, records};

//! The macros that turn a table of keys into a struct, its reader and its shape.

/// Records: fixed keys. A key is `required`, `optional` (an `Option`), has a `default "text"` read like the author's own
/// text, or is `empty` without being written.
macro_rules! records {
    ($(
        $(#[doc = $about:literal])*
        $name:ident { $( $(#[doc = $doc:literal])* $field:ident: $type:ty = $mode:ident $($default:literal)?; )* }
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
                if !cx.keys(at, &[$(stringify!($field)),*]) {
                    return Self { spot: at, ..Self::blank() };
                }
                Self {
                    spot: at,
                    $( $field: $crate::scenario::record::field_read!(cx, at, $field, $mode $type $(, $default)?), )*
                }
            }
            fn blank() -> Self {
                Self {
                    spot: $crate::scenario::tree::Tree::ROOT,
                    $( $field: $crate::scenario::record::field_blank!($mode $type $(, $default)?), )*
                }
            }
            fn shape() -> $crate::scenario::shape::Shape {
                $crate::scenario::shape::Shape::Record($crate::scenario::shape::RecordShape {
                    name: stringify!($name),
                    about: concat!($($about),*).trim_ascii(),
                    fields: vec![$( $crate::scenario::shape::FieldShape {
                        key: stringify!($field),
                        about: concat!($($doc),*).trim_ascii(),
                        shape: <$type as $crate::scenario::read::Read>::shape(),
                        presence: $crate::scenario::record::field_presence!($mode $($default)?),
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
    ($cx:ident, $at:ident, $field:ident, required $type:ty) => {
        $cx.required::<$type>($at, stringify!($field))
    };
    ($cx:ident, $at:ident, $field:ident, optional $type:ty) => {
        $cx.field($at, stringify!($field)).map(|field| <$type as $crate::scenario::read::Read>::read($cx, field))
    };
    ($cx:ident, $at:ident, $field:ident, $mode:ident $type:ty $(, $default:literal)?) => {
        match $cx.field($at, stringify!($field)) {
            Some(field) => <$type as $crate::scenario::read::Read>::read($cx, field),
            None => $crate::scenario::record::field_blank!($mode $type $(, $default)?),
        }
    };
}

macro_rules! field_blank {
    (optional $type:ty) => {
        None
    };
    (default $type:ty, $default:literal) => {
        <$type as $crate::scenario::read::Read>::preset($default)
    };
    ($mode:ident $type:ty) => {
        <$type as $crate::scenario::read::Read>::blank()
    };
}

macro_rules! field_presence {
    (required) => {
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

/// Choices: words that stand for a variant of a type of the world.
macro_rules! choices {
    ($($type:ty, $name:literal, $blank:expr, { $($word:literal => $value:expr, $about:literal;)* })*) => {$(
        impl $crate::scenario::read::Read for $type {
            fn read(cx: &mut $crate::scenario::read::Cx<'_>, at: $crate::scenario::tree::At) -> Self {
                cx.choice(at, &[$(($word, $value)),*]).unwrap_or($blank)
            }
            fn blank() -> Self {
                $blank
            }
            fn preset(text: &str) -> Self {
                match text {
                    $($word => $value,)*
                    _ => $blank,
                }
            }
            fn shape() -> $crate::scenario::shape::Shape {
                $crate::scenario::shape::Shape::Choice($name, &[$(($word, $about)),*])
            }
        }
    )*};
}

pub(crate) use {choices, field_blank, field_presence, field_read, field_type, records};

//! The scenario document: text in, a checked [`crate::World`] or a list of diagnostics out.

//! The fixed name and weight of each problem: one table for programs and for the reference.

use super::diagnostic::{Problem, Severity};

macro_rules! codes {
    ($($problem:pat => $code:literal, $severity:ident, $about:literal;)*) => {
        impl Problem {
            /// A fixed name.
            pub fn code(&self) -> &'static str {
                match self {
                    $($problem => $code,)*
                }
            }

            /// Error or warning.
            pub fn severity(&self) -> Severity {
                match self {
                    $($problem => Severity::$severity,)*
                }
            }
        }

        /// Every code, with its weight and what it stands for.
        pub const CODES: &[(&str, Severity, &str)] = &[$(($code, Severity::$severity, $about)),*];
    };
}

codes! {
    Problem::Parse { .. } => "parse", Error, "Neither YAML nor JSON.";
    Problem::Empty => "empty", Error, "There is nothing in it.";
    Problem::TooLarge { .. } => "too-large", Error, "More than this program takes on.";
    Problem::TooMany { .. } => "too-many", Error, "More errors than are shown.";
    Problem::Unsupported { .. } => "unsupported", Error, "A part of YAML that the format leaves out.";
    Problem::DuplicateKey { .. } => "duplicate-key", Error, "The same key twice in one map.";
    Problem::UnknownKey { .. } => "unknown-key", Error, "A key that the format does not have here.";
    Problem::MissingKey { .. } => "missing-key", Error, "A key that must be there.";
    Problem::WrongParts { .. } => "wrong-parts", Error, "A part too few or too many.";
    Problem::WrongType { .. } => "wrong-type", Error, "A list where a value belongs, or the like.";
    Problem::BadUnit { .. } => "bad-unit", Error, "Not written as this quantity is.";
    Problem::OutOfRange { .. } => "out-of-range", Error, "Too small or too large.";
    Problem::UnknownChoice { .. } => "unknown-choice", Error, "Not one of the words that can stand here.";
    Problem::BadName { .. } => "bad-name", Error, "Not letters, digits, `-` and `_`.";
    Problem::Schema { .. } => "schema", Error, "A version of the format that this program does not read.";
    Problem::Dangling { .. } => "dangling", Error, "A name that stands for nothing.";
    Problem::DuplicateId { .. } => "duplicate-id", Error, "A name used twice, or the same thing said twice.";
    Problem::PowerCycle { .. } => "power-cycle", Error, "Electricity goes round in a circle.";
    Problem::OrphanPanel { .. } => "orphan-panel", Error, "A panel or UPS that nothing feeds.";
    Problem::NoPanel { .. } => "no-panel", Error, "Servers at a site that has no panels.";
    Problem::Overloaded { .. } => "overloaded", Error, "A panel's servers draw more than its rating on an ordinary day.";
    Problem::QuorumMismatch { .. } => "quorum-mismatch", Error, "More or fewer servers than voters.";
    Problem::CacheOfNoNeed { .. } => "cache-of-no-need", Error, "A cache of something that the service does not need.";
    Problem::QuorumBacklog { .. } => "quorum-backlog", Error, "Work that waits for a majority of voters, which serves everything or nothing.";
    Problem::SelfNeed { .. } => "self-need", Error, "A service that needs itself.";
    Problem::CallsOverOne { .. } => "calls-over-one", Error, "Callers that declare more than all of the load on a service.";
    Problem::NoActive { .. } => "no-active", Error, "A service without active servers.";
    Problem::BadRunning { .. } => "bad-running", Error, "More servers running than there are, or a number running of what is no pilot.";
    Problem::NoData { .. } => "no-data", Error, "A copy of the data of a service that stores nothing.";
    Problem::BadTarget { .. } => "bad-target", Error, "A target of the wrong kind for what is done to it.";
    Problem::NoPool { .. } => "no-pool", Error, "A crash of servers that are not there.";
    Problem::AfterHorizon => "after-horizon", Error, "An incident after the end of the run.";
    Problem::NoHands { .. } => "no-hands", Error, "A provider without hands for the servers in its building.";
    Problem::LargeShift { .. } => "large-shift", Error, "A shift with more people than the team has.";
    Problem::MoreWarnings { .. } => "more-warnings", Warning, "More warnings than are shown.";
    Problem::BootCycle { .. } => "boot-cycle", Warning, "Services that cannot start without each other.";
    Problem::EvenQuorum { .. } => "even-quorum", Warning, "An even number of voters.";
    Problem::SharedFate { .. } => "shared-fate", Warning, "A monitor or controller that stands only where what it guards stands.";
    Problem::QuorumInOneSite { .. } => "quorum-in-one-site", Warning, "No majority without one site.";
    Problem::SmallStandby { .. } => "small-standby", Warning, "Standby servers that cannot carry the peak.";
    Problem::OneRegion { .. } => "one-region", Warning, "All sites in one region.";
    Problem::NoStandby { .. } => "no-standby", Warning, "A recovery time promised for what stands in one site.";
    Problem::TightObjective { .. } => "tight-objective", Warning, "A recovery time shorter than noticing and switching.";
    Problem::ThinPanel { .. } => "thin-panel", Warning, "A panel that cannot take over from the other cords of its servers.";
    Problem::EmptyStandby { .. } => "empty-standby", Warning, "Standby servers that hold none of the data.";
    Problem::BackupBeside { .. } => "backup-beside", Warning, "Every copy of the data in one site.";
    Problem::SlowCopies { .. } => "slow-copies", Warning, "A recovery point promised that copies are too old for.";
    Problem::SlowRestore { .. } => "slow-restore", Warning, "A recovery time shorter than the restore that recovery takes.";
    Problem::NoLandlord { .. } => "no-landlord", Warning, "What a landlord does, said of a building that we run.";
    Problem::UnusedBypass { .. } => "unused-bypass", Warning, "A way round a dependency that is not there.";
    Problem::UnknownStack { .. } => "unknown-stack", Warning, "A service built on what no team knows.";
}

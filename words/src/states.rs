//! Words for the engine's states.

use super::{Locale, Msg};
use bridge_engine::report::{Code, Entry, Lost};
use bridge_engine::trace::{ElementState, NetState, Phase, PoolState, RoomState, ServiceState};
use bridge_engine::world::{Operator, PoolRole};

/// Something with a short name in both languages.
pub trait Named: Copy {
    /// The message that names it.
    fn message(self) -> Msg;

    /// Its name.
    fn said(self, locale: Locale) -> String {
        locale.say(self.message())
    }
}

macro_rules! named {
    ($type:ty { $($variant:ident => $message:ident,)* }) => {
        impl Named for $type {
            fn message(self) -> Msg {
                match self {
                    $(Self::$variant => Msg::$message,)*
                }
            }
        }
    };
}

impl Named for NetState {
    fn message(self) -> Msg {
        match self {
            Self::Whole => Msg::NetWhole,
            Self::Apart(_) => Msg::NetApart,
            Self::Unreachable => Msg::NetUnreachable,
        }
    }
}

named!(RoomState {
    Ok => RoomOk,
    Burning => RoomBurning,
    Burnt => RoomBurnt,
    Damaged => RoomDamaged,
    Warm => RoomWarm,
    Hot => RoomHot,
    Smoky => RoomSmoky,
    Flooded => RoomFlooded,
});
named!(ElementState {
    Live => ElementLive,
    OnBattery => ElementOnBattery,
    Bypass => ElementBypass,
    Ready => ElementReady,
    Dead => ElementDead,
    Tripped => ElementTripped,
    Cut => ElementCut,
    Destroyed => ElementDestroyed,
    Repair => ElementRepair,
    Failed => ElementFailed,
});
named!(PoolState {
    Up => PoolUp,
    Standby => PoolStandby,
    Promoting => PoolPromoting,
    Routing => PoolRouting,
    NoPower => PoolNoPower,
    WaitAccess => PoolWaitAccess,
    WaitBoot => PoolWaitBoot,
    WaitHands => PoolWaitHands,
    Restarting => PoolRestarting,
    Checking => PoolChecking,
    Destroyed => PoolDestroyed,
    WaitParts => PoolWaitParts,
    Off => PoolOff,
    Provisioning => PoolProvisioning,
    WaitData => PoolWaitData,
    Restoring => PoolRestoring,
    Stored => PoolStored,
});
named!(ServiceState {
    Up => ServiceUp,
    Degraded => ServiceDegraded,
    Down => ServiceDown,
    Waiting => ServiceWaiting,
    Restarting => ServiceRestarting,
    NoPower => ServiceNoPower,
    Lost => ServiceLost,
});
named!(Phase {
    Normal => PhaseNormal,
    Undetected => PhaseUndetected,
    Deciding => PhaseDeciding,
    Switching => PhaseSwitching,
    Waiting => PhaseWaiting,
    Restarting => PhaseRestarting,
});
named!(Operator { Own => OperatorOwn, Colocation => OperatorColocation, Managed => OperatorManaged, });
named!(PoolRole {
    Active => RoleActive,
    Standby => RoleStandby,
    Pilot => RolePilot,
    Cold => RoleCold,
    Backup => RoleBackup,
});
named!(Code {
    GuardSharesFate => FindingGuardSharesFate,
    GuardUnreachable => FindingGuardUnreachable,
    ControllerDeaf => FindingControllerDeaf,
    ToolsLost => FindingToolsLost,
    SignInLost => FindingSignInLost,
    NamesLost => FindingNamesLost,
    FailoverFlaps => FindingFailoverFlaps,
    StandbyTooSmall => FindingStandbyTooSmall,
    CapacityElsewhere => FindingCapacityElsewhere,
    NoStandby => FindingNoStandby,
    OneRegion => FindingOneRegion,
    SinglePanel => FindingSinglePanel,
    QuorumInOneSite => FindingQuorumInOneSite,
    BootCycle => FindingBootCycle,
    SlowDecision => FindingSlowDecision,
    NobodyInCommand => FindingNobodyInCommand,
    HandsShort => FindingHandsShort,
    NotPractised => FindingNotPractised,
    ChannelLost => FindingChannelLost,
    UpsUnderOneCeiling => FindingUpsUnderOneCeiling,
    NoZoneSwitch => FindingNoZoneSwitch,
    OverloadTrip => FindingOverloadTrip,
    GeneratorFailed => FindingGeneratorFailed,
    RetryStorm => FindingRetryStorm,
    ColdCache => FindingColdCache,
    BacklogLate => FindingBacklogLate,
    TooHot => FindingTooHot,
    RtoBelowRestore => FindingRtoBelowRestore,
    NoCopyElsewhere => FindingNoCopyElsewhere,
    BackupBeside => FindingBackupBeside,
    RpoBelowCopies => FindingRpoBelowCopies,
    RpoMissed => FindingRpoMissed,
    ObjectiveMissed => FindingObjectiveMissed,
});
named!(Lost {
    Undetected => LostUndetected,
    Deciding => LostDeciding,
    Switching => LostSwitching,
    Dependency => LostDependency,
    Hands => LostHands,
    Power => LostPower,
    Hardware => LostHardware,
    Installing => LostInstalling,
    Restarting => LostRestarting,
    Restoring => LostRestoring,
    NoData => LostNoData,
    Checking => LostChecking,
    Capacity => LostCapacity,
});
named!(Entry {
    Sales => EntrySales,
    Churn => EntryChurn,
    Paying => EntryPaying,
    Claims => EntryClaims,
    Penalties => EntryPenalties,
    Work => EntryWork,
    Fixed => EntryFixed,
});

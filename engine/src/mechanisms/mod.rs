//! The rules, one room a mechanism. A new mechanism is a file and a line in the list below.
//!
//! Each owns its private memory, reads the board, writes the subjects it is responsible for, and hears what the others
//! wrote. The order of the list is the order in which they hear and settle.

mod admin;
mod aftermath;
mod backlog;
mod battery;
mod boot;
mod breaker;
mod bypass;
mod calendar;
mod capacity;
mod carry;
mod channel;
mod command;
mod config;
mod cooling;
mod damage;
mod data;
mod detect;
mod draw;
mod drills;
mod effort;
mod fire;
mod fixed;
mod network;
mod notices;
mod observers;
mod overload;
mod power;
mod priority;
mod restore;
mod routes;
mod servers;
mod serving;
mod shocks;
mod sides;
mod staff;
mod status;
mod switch;
mod tasks;
mod throttle;
mod warmth;
mod watchdog;
mod wear;
mod work;

pub(crate) use bypass::effort;
pub(crate) use calendar::demand;
pub(crate) use drills::in_hindsight as skills;
pub use tasks::team;
pub(crate) use tasks::{crew, for_service};

use crate::run::{Cx, Heard};
use crate::world::World;

/// A set of rules about one subject.
pub(crate) trait Mechanism: Sized {
    /// What it sets alarms for.
    type Timer: Copy;
    /// Ties in time are resolved by class, lowest first.
    const CLASS: u8;

    /// Its memory before anything has happened.
    fn new(world: &World, cx: &mut Cx) -> Self;
    /// Called once, before the first event.
    fn begin(&mut self, _cx: &mut Cx) {}
    /// An alarm of its own.
    fn ring(&mut self, timer: Self::Timer, cx: &mut Cx);
    /// Somebody recorded a change.
    fn hear(&mut self, _heard: Heard, _cx: &mut Cx) {}
    /// Every change of this instant has been heard: act on the whole of it.
    fn settle(&mut self, _cx: &mut Cx) {}
}

/// Has no alarms.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Never {}

macro_rules! mechanisms {
    ($($field:ident: $kind:ident),* $(,)?) => {
        /// An alarm of one of the mechanisms.
        #[derive(Clone, Copy, Debug)]
        #[expect(dead_code, reason = "the alarms of mechanisms that set none are never made")]
        pub(crate) enum Timer {
            $($kind(<$field::$kind as Mechanism>::Timer),)*
        }

        impl Timer {
            /// See [`Mechanism::CLASS`].
            pub const fn class(self) -> u8 {
                match self { $(Self::$kind(_) => <$field::$kind as Mechanism>::CLASS,)* }
            }
        }

        /// All of them.
        pub(crate) struct Mechanisms {
            $($field: $field::$kind,)*
        }

        impl Mechanisms {
            pub fn new(world: &World, cx: &mut Cx) -> Self {
                Self { $($field: <$field::$kind as Mechanism>::new(world, cx),)* }
            }

            pub fn begin(&mut self, cx: &mut Cx) {
                $(self.$field.begin(cx);)*
            }

            pub fn ring(&mut self, timer: Timer, cx: &mut Cx) {
                match timer { $(Timer::$kind(timer) => self.$field.ring(timer, cx),)* }
            }

            pub fn hear(&mut self, heard: Heard, cx: &mut Cx) {
                $(self.$field.hear(heard, cx);)*
            }

            pub fn settle(&mut self, cx: &mut Cx) {
                $(self.$field.settle(cx);)*
            }
        }
    };
}

mechanisms! {
    calendar: Calendar,
    shocks: Shocks,
    fire: Fire,
    restore: Restore,
    // Before servers: what had been dark when power came back.
    damage: Damage,
    servers: Servers,
    wear: Wear,
    network: Network,
    // After the network, which says whom writes reach; before serving, which asks whose data are fit.
    data: Data,
    serving: Serving,
    overload: Overload,
    // After serving: what cannot be done now waits.
    backlog: Backlogs,
    // After serving: what is served fills caches.
    warmth: Warmth,
    // After serving: how busy servers are is what they draw.
    power: Power,
    cooling: Cooling,
    detect: Detect,
    observers: Observers,
    // After the observers: it acts on what they say.
    watchdog: Watchdog,
    command: Command,
    staff: Staff,
    channel: Channel,
    notices: Notices,
    config: Config,
    // Before those who do the work: they must know whom it keeps out.
    admin: Admin,
    switch: Switch,
    throttle: Throttle,
    routes: Routes,
    boot: Boot,
    work: Work,
    status: Status,
    aftermath: Aftermath,
}

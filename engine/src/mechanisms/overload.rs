//! Overload: servers that get far more than they can answer crash, and the others inherit their load.
//!
//! While what arrives is more than `crash_at` times what a service's servers can do, and nothing sheds it, each of them
//! lives for a mean of `crash_after`: of `n` servers `k` are gone after `crash_after · ln ((n + ½) / (n − k + ½))`, in steps
//! of a twentieth. Crashed servers start again by themselves, `boot.time` or at least `crash_after` later, and fall again if
//! nothing has changed; each time in a row they wait twice as long. They come sooner if they would hold against the work
//! that felled them.

use super::capacity::{capacity, takes};
use super::{Mechanism, Timer};
use crate::Time;
use crate::kernel::queue::Slot;
use crate::kernel::traffic;
use crate::run::Cx;
use crate::trace::{Change, EventId, Subject};
use crate::world::{PoolId, ServiceId, World};

/// A cascade goes in so many steps.
const STEPS: u32 = 20;
/// The wait before another start doubles so many times at most.
const DOUBLINGS: u32 = 6;

/// Overload's memory.
pub(crate) struct Overload {
    services: Vec<Cascade>,
}

struct Cascade {
    crash: Slot,
    restart: Slot,
    /// The next servers are about to crash.
    falling: bool,
    /// When crashed servers come back, and the crash that they come back from.
    back: Option<(Time, EventId)>,
    /// Starts in a row that came to nothing.
    tries: u32,
    /// Work under which the last of them crashed.
    felled_by: f64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    Crash(ServiceId),
    Restart(ServiceId),
}

impl Mechanism for Overload {
    type Timer = Alarm;
    const CLASS: u8 = 6;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let cascade = |_| Cascade {
            crash: cx.slot(),
            restart: cx.slot(),
            falling: false,
            back: None,
            tries: 0,
            felled_by: 0.0,
        };
        Self { services: world.services.iter().map(cascade).collect() }
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        match alarm {
            Alarm::Crash(service) => self.crash(service, cx),
            Alarm::Restart(service) => self.restart(service, cx),
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        while let Some(i) = cx.board.strained.take_first() {
            self.look(ServiceId::at(i), cx);
        }
    }
}

impl Overload {
    fn look(&mut self, service: ServiceId, cx: &mut Cx) {
        let cascade = &mut self.services[service.index()];
        if !cascade.falling && cascade.back.is_none() && !cx.board.overloaded.has(service.index()) {
            cascade.tries = 0;
            return;
        }
        let (up, able) = (running(service, cx), capacity(service, cx).1);
        let work = cx.board.arriving(service).0;
        let hot = too_much(service, work, able, cx);
        if hot && up > 0.0 && !cascade.falling {
            cascade.falling = true;
            next(service, up, cascade.crash, cx);
        } else if !hot && cascade.falling {
            cascade.falling = false;
            cx.cancel(cascade.crash);
        }
        let lost: u32 = cx.world[service].pools.iter().map(|p| cx.board.crashed[p.index()]).sum();
        // What arrives falls when servers do, and comes again with them.
        if let Some((at, crash)) = cascade.back
            && lost > 0
            && !too_much(service, work.max(cascade.felled_by), able + f64::from(lost), cx)
        {
            let soon = cx.now() + cx.world.controls.boot_time;
            if soon < at {
                cascade.back = Some((soon, crash));
                cx.set(cascade.restart, soon.since(cx.now()), Timer::Overload(Alarm::Restart(service)));
            }
        }
    }

    /// A step of servers crashes, where most are left.
    fn crash(&mut self, service: ServiceId, cx: &mut Cx) {
        let cascade = &mut self.services[service.index()];
        cascade.falling = false;
        cascade.felled_by = cx.board.arriving(service).0;
        let up = |p: &PoolId| cx.board.servers(*p) as u32;
        let pools = cx.world[service].pools.iter().copied().filter(|&p| takes(p, cx));
        let Some(pool) = pools.max_by_key(|p| (up(p), std::cmp::Reverse(p.0))).filter(|p| up(p) > 0) else {
            return;
        };
        let (up, all) = (up(&pool), running(service, cx));
        let step = step(service, cx).min(up);
        let causes = cx.board.arriving(service).1.or_else(|| cx.board.service_event(service));
        let causes: Vec<EventId> = causes.into_iter().collect();
        let crashed = cx.board.record(Subject::Pool(pool), Change::Crashed(step), &causes);
        cx.board.crashed[pool.index()] += step;
        cx.board.set_servers(pool, up - step, &[crashed]);
        if cascade.back.is_none() {
            let once = cx.world.controls.boot_time.max(cx.world.overload.crash_after);
            let wait = once.scaled(f64::from(1_u32 << cascade.tries.min(DOUBLINGS)));
            cascade.back = Some((cx.now() + wait, crashed));
            cx.set(cascade.restart, wait, Timer::Overload(Alarm::Restart(service)));
        }
        if all > f64::from(step) {
            cascade.falling = true;
            next(service, all - f64::from(step), cascade.crash, cx);
        }
    }

    /// Everything that crashed is up again.
    fn restart(&mut self, service: ServiceId, cx: &mut Cx) {
        let cascade = &mut self.services[service.index()];
        let Some((_, crash)) = cascade.back.take() else { return };
        cascade.tries += 1;
        for &pool in &cx.world[service].pools {
            let back = std::mem::take(&mut cx.board.crashed[pool.index()]);
            if back > 0 {
                let up = (cx.board.servers(pool) as u32 + back).min(cx.board.sound(pool, cx.world));
                cx.board.set_servers(pool, up, &[crash]);
            }
        }
    }
}

/// Servers of a service that take requests.
fn running(service: ServiceId, cx: &Cx) -> f64 {
    cx.world[service].pools.iter().filter(|&&p| takes(p, cx)).map(|&p| cx.board.servers(p)).sum()
}

/// Whether servers would crash of so much work if so many ran.
fn too_much(service: ServiceId, work: f64, servers: f64, cx: &Cx) -> bool {
    cx.world[service].quorum.is_none()
        && !cx.board.sheds(service)
        && work > cx.world.overload.crash_at * servers
}

/// Servers in one step of a cascade.
fn step(service: ServiceId, cx: &Cx) -> u32 {
    let built: u32 =
        cx.world[service].pools.iter().map(|&p| cx.world[p].servers).fold(0, u32::saturating_add);
    built.div_ceil(STEPS).max(1)
}

/// Sets the alarm for the next step.
fn next(service: ServiceId, up: f64, slot: Slot, cx: &mut Cx) {
    let step = f64::from(step(service, cx)).min(up);
    let wait = cx.world.overload.crash_after.scaled(traffic::gone(step, up));
    cx.set(slot, wait, Timer::Overload(Alarm::Crash(service)));
}

//! The model on each kernel, as its documentation would have it written.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bridge_engine::kernel::queue::Queue;
use bridge_engine::{Span, Time};
use nexosim::model::{Context, Model, schedulable};
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};

use crate::shop::{Hours, MACHINES, Shop, Tally};

/// A machine event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Machine {
    Fails(u32),
    Repaired(u32),
}

/// The shop on a kernel: so many machine events at a seed.
pub type Run = fn(u64, u64) -> Tally;

fn span(hours: Hours) -> Span {
    Span::from_secs_f64(hours * 3600.0)
}

fn duration(hours: Hours) -> Duration {
    Duration::from_secs_f64(hours * 3600.0)
}

/// This project's kernel.
pub fn bridge(seed: u64, events: u64) -> Tally {
    let mut shop = Shop::new(seed, events);
    let mut queue = Queue::default();
    for machine in 0..MACHINES {
        queue.push(Time::ZERO + span(shop.run()), 0, Machine::Fails(machine));
    }
    while !shop.tally.is_full()
        && let Some((now, event)) = queue.pop()
    {
        let hours = now.since_start().hours();
        match event {
            Machine::Fails(machine) => {
                if let Some(wait) = shop.fails(hours, machine) {
                    queue.push(now + span(wait), 0, Machine::Repaired(machine));
                }
            }
            Machine::Repaired(machine) => {
                if let Some((next, wait)) = shop.repaired(hours) {
                    queue.push(now + span(wait), 0, Machine::Repaired(next));
                }
                queue.push(now + span(shop.run()), 0, Machine::Fails(machine));
            }
        }
    }
    shop.tally
}

/// No kernel at all: a loop over std's heap, without cancelling and without an order of equals. Shows what the kernel's own heap is
/// worth, and how much of a run is the model itself.
pub fn heap(seed: u64, events: u64) -> Tally {
    let mut shop = Shop::new(seed, events);
    let mut heap = BinaryHeap::new();
    for machine in 0..MACHINES {
        heap.push(Reverse((span(shop.run()).0, Machine::Fails(machine))));
    }
    while !shop.tally.is_full()
        && let Some(Reverse((now, event))) = heap.pop()
    {
        let hours = Span(now).hours();
        match event {
            Machine::Fails(machine) => {
                if let Some(wait) = shop.fails(hours, machine) {
                    heap.push(Reverse((now + span(wait).0, Machine::Repaired(machine))));
                }
            }
            Machine::Repaired(machine) => {
                if let Some((next, wait)) = shop.repaired(hours) {
                    heap.push(Reverse((now + span(wait).0, Machine::Repaired(next))));
                }
                heap.push(Reverse((now + span(shop.run()).0, Machine::Fails(machine))));
            }
        }
    }
    shop.tally
}

/// desru 0.1: events are closures in std's heap.
pub fn desru(seed: u64, events: u64) -> Tally {
    use desru::EventScheduler;
    type Shared = Rc<RefCell<Shop>>;

    fn later(kernel: &mut EventScheduler, wait: Hours, shop: &Shared, event: Machine) {
        let shop = Rc::clone(shop);
        let action = move |kernel: &mut EventScheduler| {
            happens(kernel, &shop, event);
            None
        };
        kernel.timeout(wait, Some(Box::new(action)), None);
    }

    fn happens(kernel: &mut EventScheduler, shop: &Shared, event: Machine) {
        let now = kernel.current_time;
        match event {
            Machine::Fails(machine) => {
                let repair = shop.borrow_mut().fails(now, machine);
                if let Some(wait) = repair {
                    later(kernel, wait, shop, Machine::Repaired(machine));
                }
            }
            Machine::Repaired(machine) => {
                let next = shop.borrow_mut().repaired(now);
                if let Some((next, wait)) = next {
                    later(kernel, wait, shop, Machine::Repaired(next));
                }
                let run = shop.borrow_mut().run();
                later(kernel, run, shop, Machine::Fails(machine));
            }
        }
    }

    let shop = Rc::new(RefCell::new(Shop::new(seed, events)));
    let mut kernel = EventScheduler::new();
    for machine in 0..MACHINES {
        let run = shop.borrow_mut().run();
        later(&mut kernel, run, &shop, Machine::Fails(machine));
    }
    let full = Rc::clone(&shop);
    // Without its log, which would keep every event.
    kernel.run(Box::new(move |_| full.borrow().tally.is_full()), Some(Box::new(|_, _| false)));
    shop.borrow().tally.clone()
}

/// simrs 0.2: events are boxed values sent to components.
pub fn simrs(seed: u64, events: u64) -> Tally {
    use simrs::{Component, ComponentId, Scheduler, Simulation, State};

    struct Works(Rc<RefCell<Shop>>);

    impl Component for Works {
        type Event = Machine;

        fn process_event(
            &self,
            me: ComponentId<Machine>,
            event: &Machine,
            kernel: &mut Scheduler,
            _: &mut State,
        ) {
            let now = kernel.time().as_secs_f64() / 3600.0;
            let shop = &mut *self.0.borrow_mut();
            match *event {
                Machine::Fails(machine) => {
                    if let Some(wait) = shop.fails(now, machine) {
                        kernel.schedule(duration(wait), me, Machine::Repaired(machine));
                    }
                }
                Machine::Repaired(machine) => {
                    if let Some((next, wait)) = shop.repaired(now) {
                        kernel.schedule(duration(wait), me, Machine::Repaired(next));
                    }
                    kernel.schedule(duration(shop.run()), me, Machine::Fails(machine));
                }
            }
        }
    }

    let shop = Rc::new(RefCell::new(Shop::new(seed, events)));
    let mut kernel = Simulation::default();
    let works = kernel.add_component(Works(Rc::clone(&shop)));
    for machine in 0..MACHINES {
        let run = shop.borrow_mut().run();
        kernel.schedule(duration(run), works, Machine::Fails(machine));
    }
    while !shop.borrow().tally.is_full() && kernel.step() {}
    shop.borrow().tally.clone()
}

/// nexosim 1.0, on one thread: one model that schedules its own inputs, which costs it less than a model a machine would.
pub fn nexosim(seed: u64, events: u64) -> Tally {
    let done = Arc::new(Mutex::new(None));
    let works = Works { shop: Shop::new(seed, events), done: Arc::clone(&done) };
    let bench = SimInit::with_num_threads(1).add_model(works, Mailbox::new(), "works");
    // The queue runs empty when enough has happened: nothing is scheduled any more.
    let ran = bench.init(MonotonicTime::EPOCH).and_then(|mut kernel| Ok(kernel.run()?));
    assert!(ran.is_ok(), "{ran:?}");
    let tally = done.lock().ok().and_then(|mut done| done.take());
    tally.unwrap_or_else(|| Shop::new(seed, 0).tally)
}

#[derive(Serialize, Deserialize)]
struct Works {
    // Models can be saved; this one is not.
    #[serde(skip, default = "nothing")]
    shop: Shop,
    #[serde(skip)]
    done: Arc<Mutex<Option<Tally>>>,
}

fn nothing() -> Shop {
    Shop::new(0, 0)
}

#[Model]
impl Works {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        for machine in 0..MACHINES {
            self.runs(machine, cx);
        }
    }

    #[nexosim(schedulable)]
    fn fails(&mut self, machine: u32, cx: &Context<Self>) {
        if self.shop.tally.is_full() {
            return;
        }
        if let Some(wait) = self.shop.fails(hours(cx), machine) {
            self.repair(machine, wait, cx);
        }
        self.look();
    }

    #[nexosim(schedulable)]
    fn repaired(&mut self, machine: u32, cx: &Context<Self>) {
        if self.shop.tally.is_full() {
            return;
        }
        if let Some((next, wait)) = self.shop.repaired(hours(cx)) {
            self.repair(next, wait, cx);
        }
        self.runs(machine, cx);
        self.look();
    }

    fn runs(&mut self, machine: u32, cx: &Context<Self>) {
        let wait = duration(self.shop.run());
        let set = cx.schedule_event(wait, schedulable!(Self::fails), machine);
        assert!(set.is_ok(), "{set:?}");
    }

    fn repair(&mut self, machine: u32, wait: Hours, cx: &Context<Self>) {
        let set = cx.schedule_event(duration(wait), schedulable!(Self::repaired), machine);
        assert!(set.is_ok(), "{set:?}");
    }

    fn look(&mut self) {
        if self.shop.tally.is_full()
            && let Ok(mut done) = self.done.lock()
        {
            *done = Some(self.shop.tally.clone());
        }
    }
}

fn hours(cx: &Context<Works>) -> Hours {
    cx.time().duration_since(MonotonicTime::EPOCH).as_secs_f64() / 3600.0
}

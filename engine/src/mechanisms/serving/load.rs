//! Load: how many attempts arrive at a service, and what its own servers make of them.
//!
//! `x = load · demand · Σ callers (share · attempts passed on) · attempts made for one request`. A caller passes on what
//! its own servers took up, not what failed there for want of capacity. By itself a service serves
//! `own = min(1, G(max(x, λ)) / λ)` of its demand `λ = load · demand`: callers that are down do not make it whole, and cold
//! caches in front of it make λ larger.

use super::calls::{Calls, calls};
use super::failing::Failing;
use super::share::Shares;
use super::{Reason, ServiceId};
use crate::kernel::marks::Marks;
use crate::kernel::traffic;
use crate::mechanisms::capacity::capacity;
use crate::run::{Cx, Web};
use crate::trace::{BacklogState, EventId};
use crate::world::{Retry, Service, World};

/// What arrives at services now.
pub(super) struct Load {
    calls: Vec<Calls>,
    /// Services whose servers are to be counted again.
    counted: Marks,
    /// Services for which what arrives is to be worked out again, by position from the callers' end.
    due: Marks,
    /// The latest event about each service's own servers or about what arrives at it. It enables what an hour of the day
    /// brings about.
    news: Vec<Reason>,
    /// The latest of those about its own servers.
    servers: Vec<Reason>,
    now: Vec<Now>,
    /// Share of the daily peak that is asked for.
    demand: f64,
    kappa: f64,
}

/// Amounts of work closer than this, relatively, are the same.
const EPSILON: f64 = 1e-9;

/// One service.
#[derive(Clone, Copy)]
struct Now {
    /// Servers' worth of work at the daily peak.
    load: f64,
    /// Servers that take requests.
    servers: f64,
    /// What they can answer; without bound while a majority of voters is there.
    capacity: f64,
    /// The same when what it could serve was last worked out.
    counted: f64,
    sheds: bool,
    /// Work that it cannot do now waits, if there is room; and some does.
    takes_in: bool,
    waits: bool,
    /// Calls that it makes on what its cache is of, for each with a warm one.
    misses: f64,
    /// The same for requests on it, by all whose caches are of it.
    asked: f64,
    /// Requests that arrive, in units of those on a day without failures, before anybody asks again.
    called: f64,
    /// The same for all attempts.
    amplification: f64,
    /// The same for attempts that its servers take up.
    passed: f64,
    /// Share of what arrives that they take up.
    taken: f64,
    /// Share of its demand that it could serve by itself.
    own: f64,
}

impl Now {
    /// How busy what arrives keeps the servers that take requests.
    fn used(&self, demand: f64) -> f64 {
        if self.servers > 0.0 && self.waits {
            1.0
        } else if self.servers > 0.0 {
            (self.load * demand * self.amplification / self.servers).min(1.0)
        } else {
            0.0
        }
    }
}

impl Load {
    pub fn new(world: &World, web: &Web) -> Self {
        let n = world.services.len();
        let now = |s: &Service| Now {
            load: s.load,
            servers: 0.0,
            capacity: 0.0,
            counted: 0.0,
            sheds: s.shed,
            takes_in: s.backlog.is_some(),
            waits: false,
            misses: 1.0,
            asked: 1.0,
            called: 1.0,
            amplification: 1.0,
            passed: 1.0,
            taken: 1.0,
            own: 1.0,
        };
        Self {
            calls: calls(world, web),
            counted: Marks::all(n),
            due: Marks::none(n),
            news: vec![Reason::Calendar; n],
            servers: vec![Reason::Calendar; n],
            now: world.services.iter().map(now).collect(),
            demand: f64::NAN,
            kappa: world.overload.kappa,
        }
    }

    /// Whether somebody asks again when the service does not answer.
    pub fn has_clients(&self, service: ServiceId) -> bool {
        self.calls[service.index()].clients
    }

    /// Something happened to the service's own servers.
    pub fn recount(&mut self, service: ServiceId, by: EventId) {
        self.counted.insert(service.index());
        self.servers_changed(service, Reason::Event(by));
    }

    fn servers_changed(&mut self, service: ServiceId, why: Reason) {
        let servers = &mut self.servers[service.index()];
        *servers = why.max(*servers);
        self.tell(service, why);
    }

    /// An event has a bearing on what arrives.
    pub fn tell(&mut self, service: ServiceId, why: Reason) {
        let news = &mut self.news[service.index()];
        *news = why.max(*news);
    }

    /// The latest event that had a bearing on it.
    pub fn news(&self, service: ServiceId) -> Reason {
        self.news[service.index()]
    }

    /// The latest event that had a bearing on its own servers.
    pub fn servers(&self, service: ServiceId) -> Reason {
        self.servers[service.index()]
    }

    /// Whether its servers are what makes a service that could serve one share of its demand serve another.
    fn by_servers(before: &Now, own: f64) -> bool {
        own < before.own && before.capacity < before.counted
            || own > before.own && before.capacity > before.counted
    }

    /// Its cache has become colder or warmer.
    pub fn warm(&mut self, service: ServiceId, cold: EventId, cx: &Cx) {
        self.now[service.index()].misses = cx.board.misses(service);
        if let Some(cache) = cx.world[service].cache {
            self.tell(cache.of, Reason::Event(cold));
            self.mark(cache.of, &cx.web);
        }
    }

    /// Calls that a caller makes on a service for each on an ordinary day.
    fn missed(&self, caller: ServiceId, on: ServiceId, world: &World) -> f64 {
        let misses = self.now[caller.index()].misses;
        if misses > 1.0 && world[caller].cache.is_some_and(|c| c.of == on) { misses } else { 1.0 }
    }

    /// What arrives at the service is to be worked out again.
    pub fn mark(&mut self, service: ServiceId, web: &Web) {
        self.due.insert(web.len() - 1 - web.place(service));
    }

    /// Another hour: whatever had too much to do before or has now is looked at.
    pub fn hour(&mut self, cx: &mut Cx) {
        if self.demand.to_bits() == cx.board.demand.to_bits() {
            return;
        }
        self.demand = cx.board.demand;
        for i in 0..self.now.len() {
            let now = &self.now[i];
            let most = now.load * self.demand * now.amplification.max(now.asked);
            // What is not asked for at all is served by whoever is there.
            if now.waits || now.taken < 1.0 || now.own < 1.0 || most > now.capacity || most <= 0.0 {
                self.mark(ServiceId::at(i), &cx.web);
            } else {
                cx.board.set_used(ServiceId::at(i), now.used(self.demand));
            }
        }
    }

    /// Counts anew what began or ceased to take requests when lines were cut or healed.
    pub fn look_at_reach(&mut self, parted: Reason, cx: &mut Cx) {
        for pool in cx.board.reach.changed() {
            let service = cx.world[pool].service;
            let mut last = parted;
            if parted == Reason::None {
                cx.web.closure(service, |on| last = self.servers[on].max(last));
            }
            self.counted.insert(service.index());
            self.servers_changed(service, last);
        }
    }

    /// Carries on whatever changed, from callers to what they call.
    pub fn flow(&mut self, failing: &mut Failing, shares: &mut Shares, cx: &mut Cx) {
        while let Some(i) = self.counted.take_first() {
            let service = ServiceId::at(i);
            let (servers, capacity) = capacity(service, cx);
            cx.board.set_capacity(service, servers);
            (self.now[i].servers, self.now[i].capacity) = (servers, capacity);
            self.now[i].sheds = cx.board.sheds(service);
            let backlog = cx.board.backlog(service);
            self.now[i].takes_in = cx.world[service].backlog.is_some() && backlog != BacklogState::Full;
            self.now[i].waits = backlog != BacklogState::Empty;
            self.mark(service, &cx.web);
        }
        while let Some(place) = self.due.take_first() {
            let service = cx.web.at(cx.web.len() - 1 - place);
            self.look(service, failing, shares, cx);
        }
    }

    fn look(&mut self, service: ServiceId, failing: &mut Failing, shares: &mut Shares, cx: &mut Cx) {
        let i = service.index();
        let before = self.now[i];
        let calls = &self.calls[i];
        let missed = |caller: ServiceId| self.missed(caller, service, cx.world);
        let passed =
            |&(caller, share): &(ServiceId, f64)| share * self.now[caller.index()].passed * missed(caller);
        let called = calls.direct + calls.from.iter().map(passed).sum::<f64>();
        let more = |&(caller, share): &(ServiceId, f64)| share * (missed(caller) - 1.0);
        let asked = 1.0 + calls.from.iter().map(more).sum::<f64>();
        let amplification = called * failing.attempts(service);
        let demand = before.load * self.demand;
        let taken = self.taken(&before, demand * amplification);
        let own = if demand > 0.0 {
            (self.good(&before, demand * amplification.max(asked)) / (demand * asked)).min(1.0)
        } else {
            f64::from(u8::from(before.capacity > 0.0))
        };
        // While work waits, all servers are at it.
        let passed =
            if before.waits && demand > 0.0 { before.capacity / demand } else { amplification * taken };
        self.now[i] =
            Now { called, asked, amplification, passed, taken, own, counted: before.capacity, ..before };
        cx.board.set_amplification(service, amplification);
        if asked.to_bits() != before.asked.to_bits() {
            cx.board.set_asked(service, asked);
        }
        cx.board.set_used(service, self.now[i].used(self.demand));
        if own.to_bits() != before.own.to_bits() {
            if Self::by_servers(&before, own) {
                shares.own_changed(service, own, self.servers(service), cx);
            } else {
                // What the hour brings, fewer servers enable; what befell callers before does not.
                let (news, servers) = (self.news(service), self.servers(service));
                let is_old = news.event().is_some_and(|id| !cx.board.is_new(id));
                let why = if is_old && servers.event().is_some() { servers } else { news };
                shares.own_changed_by_calls(service, own, why, cx);
            }
        }
        if taken < 1.0 || before.taken < 1.0 {
            failing.mark(service);
        }
        if passed.to_bits() != before.passed.to_bits() {
            let news = self.news[i];
            for need in &cx.world[service].needs {
                self.mark(need.on, &cx.web);
                self.tell(need.on, news);
            }
        }
    }

    /// The loop of a service's failures and its callers' retries, if a share `good` of what it takes up succeeds elsewhere
    /// too.
    pub fn around(&self, service: ServiceId, retry: Retry, good: f64) -> Loop<'_> {
        let now = &self.now[service.index()];
        Loop { load: self, now, asked: now.load * self.demand * now.called, retry, good }
    }

    /// Tells how much work arrives: what fails for want of something else has cost no more than what fails here.
    pub fn weigh(&self, service: ServiceId, attempts: f64, good: f64, cx: &mut Cx) {
        let now = &self.now[service.index()];
        if cx.world[service].backlog.is_some() {
            cx.board.set_answered(service, good);
        }
        let cost = good + (1.0 - good) * self.kappa;
        let work = now.load * self.demand * now.called * attempts * cost;
        // What a backlog brings can be exactly as much as there is room for.
        let too_much = work > now.capacity * (1.0 + EPSILON);
        cx.board.set_arriving(service, work, too_much, self.news[service.index()].event());
    }

    fn good(&self, now: &Now, arriving: f64) -> f64 {
        traffic::goodput(arriving, now.capacity, self.kappa, now.sheds)
    }

    fn taken(&self, now: &Now, arriving: f64) -> f64 {
        if arriving > 0.0 {
            self.good(now, arriving) / arriving
        } else {
            f64::from(u8::from(now.capacity > 0.0))
        }
    }
}

/// A service's failures bring retries, and those more failures.
pub(super) struct Loop<'a> {
    load: &'a Load,
    now: &'a Now,
    /// Requests, before anybody asks again, in servers' worth.
    asked: f64,
    retry: Retry,
    good: f64,
}

impl Loop<'_> {
    /// Fraction of attempts that fails if callers act on a fraction `p`.
    pub fn fails(&self, p: f64) -> f64 {
        if self.now.takes_in {
            return 0.0;
        }
        let attempts = traffic::attempts(p, self.retry.max, self.retry.budget);
        1.0 - self.load.taken(self.now, self.asked * attempts) * self.good
    }
}

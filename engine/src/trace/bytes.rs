//! A trace as bytes: the run of the scenario that opens first is made when the app is built.

use super::*;
use crate::kernel::bytes::{Bytes, Source, bytes};

bytes! {
    /// A number for the lists of fields below.
    STAMP;
    records {
        EventId(at);
        Event { at, subject, change, causes };
        Task { kind, by_hand };
        Stint { crew, task, from, to, hands };
        Level { at, work, rate, refused, state };
        Trace { events, sites, networks, rooms, elements, pools, servers_up, reached, active, fit, routed, voters,
            services, shares, own, vanished, energised, amplification, capacity, failing, shedding, misses, asked,
            backlogs, phases, affected, hands, staff, work, horizon, end, seed };
    }
    choices {
        End { 0 Horizon; 1 EventBudget; }
        Subject { 0 Org; 1 Site(a); 2 Room(a); 3 Element(a); 4 Pool(a); 5 Service(a); 6 Team(a); }
        CrewId { 0 Team(a); 1 Electricians(a); 2 Deploy; 3 Landlord(a); }
        TaskKind { 0 Promote(a); 1 Throttle(a); 2 Boot(a); 3 Provision(a); 4 Fetch(a); 5 Bypass { of, on }; 6 Check(a);
            7 Inspect(a); 8 Recable(a); 9 Reclose(a); 10 Relink(a); 11 Chiller { of, unit }; 12 Notice;
            13 Repair { of, unit }; 14 Clean(a); 15 Replace(a); 16 Redirect(a); 17 Configure(a); 18 BreakGlass(a);
            19 OpenDoors(a); 20 Reconcile(a); 21 Verify(a); 22 Secure(a); }
        Change { 0 Incident(a); 1 Began(a); 2 Room(a); 3 FireAlarm; 4 Gas { worked }; 5 Isolated; 6 CutOrdered; 7 Cleared;
            8 Site(a); 9 Network(a); 10 Healed(a); 11 Element(a); 12 Pool(a); 13 Servers(a); 14 Crashed(a); 15 Throttled;
            16 Admitted; 17 CacheCold; 18 CacheWarm; 19 Backlog(a); 20 Damaged(a); 21 Ordered(a); 22 Replaced(a);
            23 Surge; 24 Service(a); 25 Phase(a); 26 Detected { by_monitor }; 27 Notified; 28 Acknowledged;
            29 Escalated; 30 Decided; 31 Commander; 32 Closed; 33 ChannelLost; 34 ChannelMoved; 35 ChannelBack;
            36 CameIn(a); 37 Noticed; 38 Queued(a); 39 Started(a); 40 Redone(a); 41 Mistake; 42 Broke; 43 Progress(a, b);
            44 Done(a); 45 Dropped(a); 46 Chillers(a); 47 Energise; 48 Promoted; 49 WritesLost(a); 50 Diverging;
            51 Diverged { lasted, conflicts }; 52 DataLost; 53 StartedEmpty; 54 Restored; 55 Routed; 56 Suspected(a);
            57 Restarted; 58 Split(a); 59 Bypassed { on }; }
        BacklogState { 0 Empty; 1 Waits; 2 Full; }
        RoomState { 0 Ok; 1 Burning; 2 Burnt; 3 Damaged; 4 Warm; 5 Hot; 6 Smoky; 7 Flooded; }
        SiteState { 0 Ok; 1 Burning; 2 Flooding; 3 Barred; 4 Recovering; 5 Permit; }
        NetState { 0 Whole; 1 Apart(a); 2 Unreachable; }
        ElementState { 0 Live; 1 OnBattery; 2 Bypass; 3 Ready; 4 Dead; 5 Tripped; 6 Cut; 7 Destroyed; 8 Repair; 9 Failed; }
        PoolState { 0 Up; 1 Standby; 2 Promoting; 3 Routing; 4 NoPower; 5 Destroyed; 6 WaitParts; 7 WaitAccess; 8 WaitBoot;
            9 WaitHands; 10 Restarting; 11 Checking; 12 Off; 13 Provisioning; 14 WaitData; 15 Restoring; 16 Stored; }
        ServiceState { 0 Up; 1 Degraded; 2 Down; 3 Waiting; 4 Restarting; 5 NoPower; 6 Lost; }
        Phase { 0 Normal; 1 Undetected; 2 Deciding; 3 Switching; 4 Waiting; 5 Restarting; }
    }
}

impl Bytes for Backlog {
    fn put(&self, to: &mut Vec<u8>) {
        self.levels().to_vec().put(to);
    }
    fn take(from: &mut Source<'_>) -> Self {
        let mut backlog = Self::default();
        for level in Vec::take(from) {
            backlog.push(level);
        }
        backlog
    }
}

//! A world as bytes: how one that was read elsewhere, or when this was built, gets into a browser.

use super::*;
use crate::kernel::bytes::bytes;

bytes! {
    /// A number for the lists of fields below.
    STAMP;
    records {
        RegionId(at);
        ShockId(at);
        SiteId(at);
        RoomId(at);
        ElementId(at);
        ServiceId(at);
        PoolId(at);
        TeamId(at);
        Text { en, ko };
        Meta { id, title, summary, t0_unix, offset_minutes, horizon, seed };
        Demand { users, shape, churn };
        Objective { rto, rpo, slo };
        Heat { supply, rise, time, throttle, throttled, shutdown, breaks, broken, resume };
        Overcurrent { breaker, ups };
        ServerPower { idle, peak };
        Region { key, name };
        Site { key, name, region, operator, notice, landlord, doors, fire, restore, shutdown, hardware, order };
        Landlord { entry, hands, hour };
        Room { key, name, site, kind, lithium, order };
        Spread { medium, from, to, kind };
        FireRules { detect, gas_fitted, gas_delay, gas_works, gas_works_lithium, ups_trip, water_decide, cut,
            zone_known, water_time, water_shape, water_damage, early, clear, burn };
        Early { works, lead, isolate };
        Hardware { spares, lead, effort };
        Restore { crews, inspect, recable, clean, sequenced, surge, stage_max, stage_gap, reclose };
        Element { key, name, site, room, via, inputs, kind, order };
        Service { key, name, role, tier, users, needs, boots, quorum, data, load, shed, retry, backlog, cache,
            objective, wear, staff, watchdog, stack, team, pools, order };
        Wear { mtbf, repair };
        Need { on, soft, calls };
        Retry { max, backoff, budget };
        Overload { kappa, crash_at, crash_after };
        Backlog { limit, look };
        Cache { of, hit, warm };
        Backup { every, delay, size, fetch, verify_rate };
        Conflicts { writes, keys, effort };
        Data { replication, size, check_rate, copy_rate, catch_up, backup, conflicts, start_empty };
        Pool { service, site, panels, servers, running, role };
        Bypass { of, on, effort };
        Network { links, users_everywhere, carriers, repair, team };
        Link { from, to, via };
        Controls { detect, promote_auto, hold_down, guard, dns, config_manual, config_team, break_glass, doors,
            promote_manual, promote_team, throttle_manual, throttle_team, boot_auto, boot_manual, boot_install,
            boot_team, boot_time, bypass_default, bypass_team, after };
        After { integrity, security, team };
        Dns { auto, manual, team };
        Detect { poll, fails, timeout, reports, report_gap, observers, false_alarms, false_lasts };
        People { teams, channel, command, drill, drills, notice, unknown_stack, sigma };
        Team { key, name, hands, stacks, shifts, call_out, drilled, order };
        Shift { from, to, days, hands };
        Channel { via, switch, tried, seats, slow };
        Command { ack, authority, escalate, decide, commander_after, priority };
        Exercise { scope, every, last, hours, teams };
        Drill { decay, slow, error, harm };
        Cost { currency, revenue_per_day, fixed, hour, compensation, server_year, site_year };
        Compensation { after, paying, each, claims, claim };
        Churn { of, leave, calm, back };
        Notice { via, team, write, when, elsewhere, honest };
        ThirdParty { key, name, needs, users, revenue_per_day, free, penalty_per_day, order };
        Shock { key, name, region, every, hits, sites, kind, lasts };
        Incident { at, action, origin };
        World { meta, demand, regions, shocks, sites, rooms, spreads, elements, services, pools, bypasses, network,
            controls, people, overload, overcurrent, server_kw, heat, cost, third_parties, script };
    }
    choices {
        Shape { 0 Flat; 1 Diurnal { trough, peak_hour }; }
        Operator { 0 Own; 1 Colocation; 2 Managed; }
        Doors { 0 Keys; 1 Admin; }
        RoomKind { 0 Hall; 1 Battery; 2 Ups; 3 Electrical; 4 Cable; 5 Generator; 6 Control; }
        SpreadKind { 0 Mean(a); 1 Barrier(a); }
        Medium { 0 Fire; 1 Smoke; 2 Water; }
        CutScope { 0 Zone; 1 Building; }
        Restart { 0 Automatic(a); 1 ByHand(a, b); }
        ElementKind { 0 Utility; 1 Generators { n, need, p_start, start, p_transfer, fuel, kw }; 2 Ups { battery,
            kw, full }; 3 Chillers { n, need, restart }; 4 Panel { kw }; }
        Role { 0 Network; 1 Dns; 2 Config; 3 Monitor; 4 Controller; 5 Deploy; 6 Registry; 7 Admin; 8 Chat; }
        Replication { 0 None; 1 Async { lag }; 2 SemiSync { lag }; 3 Sync; }
        PoolRole { 0 Active; 1 Standby; 2 Pilot; 3 Cold; 4 Backup; }
        Guard { 0 None; 1 Fence; 2 Witness(a); }
        Days { 0 Every; 1 Work; 2 Weekend; }
        Authority { 0 Ask; 1 Delegated; }
        Priority { 0 Declared(a); 1 Value; 2 Tier; }
        Scope { 0 Instance; 1 Site; 2 Region; }
        NoticeWhen { 0 Acknowledged; 1 Decided; }
        ShockKind { 0 Grid; 1 Lines; 2 Servers; 3 Site; }
        Action { 0 Ignite(a); 1 Trip(a); 2 Fail(a, b); 3 Crash(a); 4 Kill(a); 5 Cut(a, b); 6 Heal(a); 7 Shock(a); }
        Line { 0 All(a); 1 Between(a, b); 2 Users(a); }
        Origin { 0 Chance; 1 Mistake { noticed }; 2 Drill { scope, announced }; }
    }
}

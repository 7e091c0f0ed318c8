//! What services do for the others: who has which job, and whether anybody does it now.

use crate::world::{Role, ServiceId, World};

/// Share served below which a service that others lean on for a job no longer does that job.
const DOES_ITS_JOB: f64 = 0.5;

/// How many kinds of job there are.
const ROLES: usize = Role::Chat as usize + 1;

/// The jobs on which what people see, decide and do depends.
const WATCHED: [Role; 7] =
    [Role::Monitor, Role::Controller, Role::Deploy, Role::Registry, Role::Config, Role::Dns, Role::Admin];

/// Jobs, and who does them.
pub(super) struct Jobs {
    /// The services that have each job.
    holders: Vec<(Role, ServiceId)>,
    /// The job of each service.
    of: Vec<Option<Role>>,
    /// How many do each job now; none where nobody has it.
    done: [Option<u32>; ROLES],
    /// Which of those that are watched were done when last looked at.
    seen: Option<[Option<bool>; WATCHED.len()]>,
}

impl Jobs {
    /// To begin with all who have one do it.
    pub(super) fn new(world: &World) -> Self {
        let of: Vec<Option<Role>> = world.services.iter().map(|s| s.role).collect();
        let jobs = of.iter().enumerate();
        let holders: Vec<_> = jobs.filter_map(|(i, role)| Some(((*role)?, ServiceId::at(i)))).collect();
        let mut done = [None; ROLES];
        holders.iter().for_each(|of| *done[of.0 as usize].get_or_insert(0) += 1);
        Self { holders, of, done, seen: None }
    }

    /// A service that served one share of its demand serves another.
    pub(super) fn serves(&mut self, id: ServiceId, before: f64, now: f64) {
        if let Some(role) = self.of[id.index()]
            && let Some(done) = &mut self.done[role as usize]
        {
            *done -= u32::from(before >= DOES_ITS_JOB);
            *done += u32::from(now >= DOES_ITS_JOB);
        }
    }

    /// Whether any of the services that have a job does it now. None if nobody has it.
    pub(super) fn does(&self, role: Role) -> Option<bool> {
        self.done[role as usize].map(|done| done > 0)
    }

    /// The services that have a job.
    pub(super) fn holders(&self, role: Role) -> impl Iterator<Item = ServiceId> + '_ {
        self.holders.iter().filter(move |h| h.0 == role).map(|h| h.1)
    }

    /// Whether another of the watched jobs is done than when last asked.
    pub(super) fn changed(&mut self) -> bool {
        let now = Some(WATCHED.map(|role| self.does(role)));
        std::mem::replace(&mut self.seen, now) != now
    }
}

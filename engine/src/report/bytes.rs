//! Scores as bytes: those of the run that is made when the app is built.

use super::{BacklogReport, Scores, ServiceReport, Total, Yearly};
use crate::kernel::bytes::bytes;

bytes! {
    /// A number for the lists of fields below.
    STAMP;
    records {
        Scores { services, total, yearly };
        ServiceReport { first_loss, detected, acknowledged, decided, switched, serving_again, restored, lost, down,
            longest_loss, rto_over_s, rpo_s, rpo_over_s, data_lost, diverged_s, conflicts, exposure_s, availability,
            availability_year, budget_burnt, backlog, user_minutes_lost };
        BacklogReport { began, drained, late_s, most_s, refused_s };
        Total { first_loss, restored, services_hit, sites_hit, peak_affected, peak_share, user_minutes_lost, exposure_s,
            money_lost };
        Yearly { servers, sites, drills, drill_hours };
    }
    choices {
    }
}

//! Many things as small squares, each always in the same place.

/// Squares are not larger than this.
const SIDE: f64 = 13.0;

/// Side of a square with its gap, and how many stand in a row, for so many in an area.
#[must_use]
pub fn crowd(count: usize, width: f64, height: f64) -> (f64, usize) {
    let side = |columns: usize| {
        let rows = count.div_ceil(columns);
        (width / columns as f64).min(height / rows as f64).min(SIDE)
    };
    let columns = (1..=count.max(1)).rev().max_by(|a, b| side(*a).total_cmp(&side(*b))).unwrap_or(1);
    (side(columns).max(0.0), columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_of_any_size_stays_in_its_area() {
        for count in 0..400 {
            for (w, h) in [(216.0, 24.0), (120.0, 40.0), (30.0, 300.0)] {
                let (side, columns) = crowd(count, w, h);
                assert!(side * columns as f64 <= w + 0.01, "{count}: {side} {columns}");
                assert!(side * count.div_ceil(columns) as f64 <= h + 0.01, "{count}: {side} {columns}");
                assert!(side > 0.0);
            }
        }
    }
}

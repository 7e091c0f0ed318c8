//! The dependency graph in layers: who leans on nobody stands at the bottom.
//!
//! 1. Break cycles: walk depth first, leave out edges that close one.
//! 2. Layer of a node = longest way down to a node that leans on nobody.
//! 3. Order in a layer by the mean position of neighbours, sweeping up and down, keeping the order with fewest crossings.
//! 4. Across: as near to the neighbours as the neighbours in the row allow.

use super::Rect;
use bridge_engine::kernel::order::sorted;

/// What to draw: nodes by width, edges from who leans to who is leant on.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// Width of each node's label.
    pub widths: Vec<f64>,
    /// Edges.
    pub edges: Vec<(usize, usize)>,
}

/// Where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// A box a node.
    pub nodes: Vec<Rect>,
    /// Size it takes; may be taller than asked for.
    pub size: (f64, f64),
}

const SWEEPS: usize = 12;
const GAP: f64 = 14.0;
const ROW_WANTED: f64 = 32.0;
const ROW_MIN: f64 = 23.0;
const ROW_MAX: f64 = 54.0;
const NODE_HEIGHT: f64 = 20.0;

/// Places a graph in an area.
#[must_use]
pub fn draw(graph: &Graph, width: f64, height: f64) -> Drawing {
    let count = graph.widths.len();
    if count == 0 {
        return Drawing::default();
    }
    let down = acyclic(count, &graph.edges);
    let most = ((height - NODE_HEIGHT) / ROW_WANTED).floor().max(3.0) as usize + 1;
    let layers = merged(layers(count, &down), &down, &graph.widths, width, most);
    let rows = split_wide(order(layers, count, &graph.edges), &graph.widths, width);
    let row = ((height - NODE_HEIGHT) / (rows.len().max(2) - 1) as f64).clamp(ROW_MIN, ROW_MAX);
    let used = row * (rows.len() - 1) as f64 + NODE_HEIGHT;
    let top = ((height - used) / 2.0).max(0.0);
    let xs = across(&rows, graph, width);
    let mut nodes = vec![Rect::default(); count];
    for (depth, members) in rows.iter().enumerate() {
        let y = top + row * (rows.len() - 1 - depth) as f64;
        for &n in members {
            nodes[n] = Rect::new(xs[n] - graph.widths[n] / 2.0, y, graph.widths[n], NODE_HEIGHT);
        }
    }
    Drawing { nodes, size: (width, used.max(height)) }
}

/// How many layers are below each node.
#[must_use]
pub fn depths(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut out = vec![0; count];
    for (depth, members) in layers(count, &acyclic(count, edges)).iter().enumerate() {
        for n in members {
            out[*n] = depth;
        }
    }
    out
}

/// Edges without those that close a cycle, as lists of who is leant on.
fn acyclic(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); count];
    for &(a, b) in edges {
        if a != b && !out[a].contains(&b) {
            out[a].push(b);
        }
    }
    // 0 not seen, 1 on the way, 2 finished. An explicit stack: a chain may be ten thousand long.
    let mut mark = vec![0_u8; count];
    let mut closing = Vec::new();
    for root in 0..count {
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            mark[node] = mark[node].max(1);
            if next == out[node].len() {
                mark[node] = 2;
                continue;
            }
            stack.push((node, next + 1));
            let child = out[node][next];
            match mark[child] {
                0 => stack.push((child, 0)),
                1 => closing.push((node, child)),
                _ => {}
            }
        }
    }
    for (a, b) in closing {
        out[a].retain(|n| *n != b);
    }
    out
}

/// Members of each layer, the lowest first.
fn layers(count: usize, down: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut indegree = vec![0_usize; count];
    for targets in down {
        for &b in targets {
            indegree[b] += 1;
        }
    }
    let mut ready: Vec<usize> = (0..count).filter(|n| indegree[*n] == 0).collect();
    let mut topological = Vec::with_capacity(count);
    while let Some(n) = ready.pop() {
        topological.push(n);
        for &b in &down[n] {
            indegree[b] -= 1;
            if indegree[b] == 0 {
                ready.push(b);
            }
        }
    }
    let mut depth = vec![0_usize; count];
    for &n in topological.iter().rev() {
        depth[n] = down[n].iter().map(|b| depth[*b] + 1).max().unwrap_or(0);
    }
    let mut rows = vec![Vec::new(); depth.iter().max().map_or(1, |d| d + 1)];
    for n in 0..count {
        rows[depth[n]].push(n);
    }
    rows
}

/// At most so many layers: those neighbours are joined that have the fewest edges between them and fit one row.
fn merged(
    mut rows: Vec<Vec<usize>>,
    down: &[Vec<usize>],
    widths: &[f64],
    width: f64,
    most: usize,
) -> Vec<Vec<usize>> {
    let wide = |row: &[usize]| row.iter().map(|n| widths[*n] + GAP).sum::<f64>();
    while rows.len() > most {
        let between = |i: usize| {
            rows[i + 1].iter().map(|n| down[*n].iter().filter(|b| rows[i].contains(b)).count()).sum::<usize>()
        };
        let fits = |i: &usize| wide(&rows[*i]) + wide(&rows[i + 1]) <= width;
        let Some(i) = (0..rows.len() - 1).filter(fits).min_by_key(|i| between(*i)) else { break };
        let upper = rows.remove(i + 1);
        rows[i].extend(upper);
    }
    rows
}

/// Rows reordered so that few edges cross.
fn order(mut rows: Vec<Vec<usize>>, count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut near = vec![Vec::new(); count];
    for &(a, b) in edges {
        near[a].push(b);
        near[b].push(a);
    }
    let mut best = (crossings(&rows, count, edges), rows.clone());
    for sweep in 0..SWEEPS {
        let row_of = positions(&rows, count);
        let sequence: Vec<usize> =
            if sweep % 2 == 0 { (0..rows.len()).collect() } else { (0..rows.len()).rev().collect() };
        let mut place = row_of;
        for r in sequence {
            let mean = |n: &usize| {
                let others: Vec<f64> =
                    near[*n].iter().filter(|o| place[**o].0 != r).map(|o| place[*o].1).collect();
                if others.is_empty() { place[*n].1 } else { others.iter().sum::<f64>() / others.len() as f64 }
            };
            let keyed: Vec<(f64, usize)> = rows[r].iter().map(|n| (mean(n), *n)).collect();
            rows[r] = sorted(keyed, &|a, b| a.0.total_cmp(&b.0)).into_iter().map(|k| k.1).collect();
            for (n, p) in spread(&rows[r]) {
                place[n] = (r, p);
            }
        }
        let found = crossings(&rows, count, edges);
        if found < best.0 {
            best = (found, rows.clone());
        }
    }
    best.1
}

/// Members with their places across, 0 to 1.
fn spread(row: &[usize]) -> impl Iterator<Item = (usize, f64)> {
    let n = row.len() as f64;
    row.iter().enumerate().map(move |(i, node)| (*node, (i as f64 + 0.5) / n))
}

fn positions(rows: &[Vec<usize>], count: usize) -> Vec<(usize, f64)> {
    let mut out = vec![(0, 0.0); count];
    for (r, row) in rows.iter().enumerate() {
        for (n, p) in spread(row) {
            out[n] = (r, p);
        }
    }
    out
}

/// Pairs of edges that cross, as if every edge were straight. Large graphs are only sampled.
fn crossings(rows: &[Vec<usize>], count: usize, edges: &[(usize, usize)]) -> usize {
    let place = positions(rows, count);
    let lines: Vec<((f64, f64), (f64, f64))> = edges
        .iter()
        .take(400)
        .map(|&(a, b)| {
            let (p, q) = (place[a], place[b]);
            ((p.1, p.0 as f64), (q.1, q.0 as f64))
        })
        .collect();
    let side =
        |a: (f64, f64), b: (f64, f64), c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let mut found = 0;
    for (i, s) in lines.iter().enumerate() {
        for t in &lines[i + 1..] {
            let across = side(s.0, s.1, t.0) * side(s.0, s.1, t.1) < -1e-12
                && side(t.0, t.1, s.0) * side(t.0, t.1, s.1) < -1e-12;
            found += usize::from(across);
        }
    }
    found
}

/// Rows too wide for the area become several.
fn split_wide(rows: Vec<Vec<usize>>, widths: &[f64], width: f64) -> Vec<Vec<usize>> {
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        // Dealt out in turn, so that each part keeps the order and spans the width.
        let part = |parts: usize, i: usize| row.iter().copied().skip(i).step_by(parts).collect::<Vec<_>>();
        let fits = |p: &Vec<usize>| p.len() < 2 || p.iter().map(|n| widths[*n] + GAP).sum::<f64>() <= width;
        let parts = (1..row.len()).find(|parts| (0..*parts).all(|i| fits(&part(*parts, i))));
        let parts = parts.unwrap_or(row.len()).max(1);
        out.extend((0..parts).map(|i| part(parts, i)));
    }
    out
}

/// Middle of each node.
fn across(rows: &[Vec<usize>], graph: &Graph, width: f64) -> Vec<f64> {
    let count = graph.widths.len();
    let slots: Vec<f64> = positions(rows, count).iter().map(|p| p.1 * width).collect();
    let mut xs = slots.clone();
    let mut near = vec![Vec::new(); count];
    for &(a, b) in &graph.edges {
        near[a].push(b);
        near[b].push(a);
    }
    for _ in 0..SWEEPS {
        for row in rows {
            let wanted: Vec<f64> = row
                .iter()
                .map(|n| {
                    let even = slots[*n];
                    if near[*n].is_empty() {
                        return even;
                    }
                    let mean = near[*n].iter().map(|o| xs[*o]).sum::<f64>() / near[*n].len() as f64;
                    mean * 0.4 + even * 0.6
                })
                .collect();
            for (n, x) in row.iter().zip(packed(row, &wanted, &graph.widths, width)) {
                xs[*n] = x;
            }
        }
    }
    xs
}

/// Places nearest to the wanted ones without overlap and inside the area.
fn packed(row: &[usize], wanted: &[f64], widths: &[f64], width: f64) -> Vec<f64> {
    let half = |i: usize| widths[row[i]] / 2.0;
    let from_left = |xs: &mut [f64]| {
        for i in 0..xs.len() {
            let least = if i == 0 { half(0) + 2.0 } else { xs[i - 1] + half(i - 1) + half(i) + GAP };
            xs[i] = xs[i].max(least);
        }
    };
    let from_right = |xs: &mut [f64]| {
        for i in (0..xs.len()).rev() {
            let last = i + 1 == xs.len();
            let most = if last { width - half(i) - 2.0 } else { xs[i + 1] - half(i + 1) - half(i) - GAP };
            xs[i] = xs[i].min(most);
        }
    };
    // Each way alone pushes a crowd to one side; halfway between the two keeps it where it wants to be.
    let (mut left, mut right) = (wanted.to_vec(), wanted.to_vec());
    from_left(&mut left);
    from_right(&mut right);
    let mut xs: Vec<f64> = left.iter().zip(&right).map(|(a, b)| (a + b) / 2.0).collect();
    from_left(&mut xs);
    from_right(&mut xs);
    xs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(count: usize, edges: &[(usize, usize)]) -> Graph {
        Graph { widths: vec![70.0; count], edges: edges.to_vec() }
    }

    fn apart(drawing: &Drawing) -> bool {
        let boxes = &drawing.nodes;
        boxes.iter().enumerate().all(|(i, a)| {
            boxes[i + 1..].iter().all(|b| a.y != b.y || a.right() <= b.x + 0.01 || b.right() <= a.x + 0.01)
        })
    }

    #[test]
    fn who_leans_stands_above() {
        let g = graph(5, &[(0, 1), (1, 2), (0, 2), (3, 2), (4, 0)]);
        let d = draw(&g, 500.0, 300.0);
        for (a, b) in &g.edges {
            assert!(d.nodes[*a].y < d.nodes[*b].y);
        }
        assert!(apart(&d));
    }

    #[test]
    fn cycles_are_drawn_too() {
        let d = draw(&graph(3, &[(0, 1), (1, 2), (2, 0), (1, 1)]), 400.0, 200.0);
        assert_eq!(d.nodes.len(), 3);
        assert!(apart(&d));
    }

    #[test]
    fn nothing_overlaps_or_leaves_the_area() {
        let edges: Vec<(usize, usize)> =
            (0..300).flat_map(|a| [(a, (a * 7 + 1) % 40), (a, (a * 13 + 5) % 90)]).collect();
        let d = draw(&graph(300, &edges), 500.0, 280.0);
        assert!(apart(&d));
        assert!(d.nodes.iter().all(|n| n.x >= 0.0 && n.right() <= 500.0 && n.bottom() <= d.size.1 + 0.01));
    }

    #[test]
    fn an_avoidable_crossing_is_avoided() {
        let d = draw(&graph(4, &[(0, 3), (1, 2)]), 400.0, 200.0);
        let order = |a: usize, b: usize| d.nodes[a].x < d.nodes[b].x;
        assert_eq!(order(0, 1), order(3, 2));
    }

    #[test]
    fn a_row_too_wide_becomes_two() {
        let widths = vec![131.0, 98.0, 93.0, 60.0, 60.0, 70.0];
        let g = Graph { widths, edges: vec![(0, 3), (1, 3), (2, 3), (4, 3), (5, 3)] };
        let d = draw(&g, 317.0, 500.0);
        assert!(d.nodes.iter().all(|n| n.x >= 0.0 && n.right() <= 317.0), "{:?}", d.nodes);
        assert!(apart(&d));
    }

    #[test]
    fn empty_and_single() {
        assert_eq!(draw(&graph(0, &[]), 10.0, 10.0), Drawing::default());
        assert_eq!(draw(&graph(1, &[]), 200.0, 100.0).nodes.len(), 1);
    }
}

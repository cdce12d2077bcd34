//! Sides of one work done in turn, and what their medians say. It knows no browser.

use std::future::Future;
use std::pin::Pin;

/// One side of a comparison: does its work once and gives what it took, or whatever else is compared.
pub(crate) type Side<'a> = Box<dyn FnMut() -> Pin<Box<dyn Future<Output = f64> + 'a>> + 'a>;

/// The samples of each side.
pub(crate) struct Samples(Vec<Vec<f64>>);

/// A line of the table.
pub(crate) struct Row {
    pub(crate) work: String,
    pub(crate) unit: &'static str,
    pub(crate) floor: f64,
    pub(crate) ours: f64,
    pub(crate) ratio: f64,
    /// Between what the ratio may as well be, by how the samples are spread; none where each side has one.
    pub(crate) spread: Option<(f64, f64)>,
    pub(crate) bound: Bound,
}

/// What must hold of a ratio, or of our value alone.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    AtMost(f64),
    AtLeast(f64),
    /// Our own value, whatever the floor's.
    OursAtMost(f64),
    /// Nothing must hold; it is only told.
    Open,
}

/// A side from a closure that gives a future.
pub(crate) fn side<'a, F>(mut work: impl FnMut() -> F + 'a) -> Side<'a>
where
    F: Future<Output = f64> + 'a,
{
    Box::new(move || Box::pin(work()))
}

/// Does all sides in turn, in this order and then in the other, so that none has always the same before it. What comes
/// first is not counted.
pub(crate) async fn interleave(rounds: usize, uncounted: usize, sides: &mut [Side<'_>]) -> Samples {
    let mut samples = vec![Vec::with_capacity(rounds); sides.len()];
    for round in 0..rounds + uncounted {
        let mut order: Vec<usize> = (0..sides.len()).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for index in order {
            let value = sides[index]().await;
            if round >= uncounted {
                samples[index].push(value);
            }
        }
    }
    Samples(samples)
}

impl Samples {
    pub(crate) fn of(sides: Vec<Vec<f64>>) -> Self {
        Self(sides)
    }

    /// Two sides compared.
    pub(crate) fn row(&self, work: &str, unit: &'static str, floor: usize, ours: usize, bound: Bound) -> Row {
        let (floor, ours) = (&self.0[floor], &self.0[ours]);
        Row {
            work: work.to_owned(),
            unit,
            floor: median(floor),
            ours: median(ours),
            ratio: median(ours) / median(floor),
            spread: (floor.len() > 2).then(|| spread(floor, ours)),
            bound,
        }
    }
}

impl Row {
    pub(crate) fn holds(&self) -> bool {
        match self.bound {
            Bound::AtMost(most) => self.ratio <= most,
            Bound::AtLeast(least) => self.ratio >= least,
            Bound::OursAtMost(most) => self.ours <= most,
            Bound::Open => true,
        }
    }
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        0 => (values[middle - 1] + values[middle]) / 2.0,
        _ => values[middle],
    }
}

/// Nine tenths of the ratios that come out when the samples are drawn anew from themselves.
fn spread(floor: &[f64], ours: &[f64]) -> (f64, f64) {
    let mut seed = 1_u64;
    let mut draw = |values: &[f64]| {
        let drawn: Vec<f64> = values
            .iter()
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                values[(seed >> 33) as usize % values.len()]
            })
            .collect();
        median(&drawn)
    };
    let mut ratios: Vec<f64> = (0..400).map(|_| draw(ours) / draw(floor)).collect();
    ratios.sort_by(f64::total_cmp);
    (ratios[20], ratios[379])
}

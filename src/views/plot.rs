//! Where the pointer takes hold of time: one moves the playhead, two fingers or the wheel with Control zoom.

use super::{Send, Shared};
use crate::browser::wheel::use_zoom;
use crate::layout::window::{Scale, Window};
use crate::state::Action;
use crate::state::run::Run;
use bridge_engine::kernel::math::exp;
use std::f64::consts::LN_2;
use web_sys::Element;
use yew::prelude::*;

/// So many pixels of the wheel show half as much, or twice.
const HALF: f64 = 240.0;
/// One turn of a wheel is no more than this.
const MOST: f64 = 120.0;

/// What there is to take hold of.
#[derive(Clone, Properties, PartialEq)]
pub struct PlotProps {
    /// The run.
    pub run: Shared<Run>,
    /// Plain or warped.
    pub true_scale: bool,
    /// What of the axis is shown.
    pub window: Window,
    /// Pixels.
    pub width: f64,
    /// Where actions go.
    pub send: Send,
}

impl PlotProps {
    fn seek(&self, x: f64) {
        let scale = Scale { axis: self.run.axis(self.true_scale), window: self.window, width: self.width };
        self.send.emit(Action::Seek(scale.time(x)));
    }
}

/// Pointers that are down, and where.
type Held = Vec<(i32, f64)>;

/// The plot, under the pointer.
#[component]
pub fn Plot(props: &PlotProps) -> Html {
    let held = use_mut_ref(Held::new);
    let node = use_node_ref();
    use_zoom(
        &node,
        props.send.reform(|turned: f64| Action::Zoom(exp(-turned.clamp(-MOST, MOST) / HALF * LN_2))),
    );
    let onpointerdown = {
        let (node, held, props) = (node.clone(), held.clone(), props.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((plot, x)) = place(&node, &event).filter(|_| event.button() == 0) else { return };
            // Without capture the drag ends at the edge, which is no harm.
            let _ = plot.set_pointer_capture(event.pointer_id());
            held.borrow_mut().push((event.pointer_id(), x));
            if held.borrow().len() == 1 {
                props.seek(x);
            }
        })
    };
    let onpointermove = {
        let (node, held, props) = (node.clone(), held.clone(), props.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((_, x)) = place(&node, &event) else { return };
            let before = held.borrow().clone();
            if let Some(finger) = held.borrow_mut().iter_mut().find(|finger| finger.0 == event.pointer_id()) {
                finger.1 = x;
            }
            let now = held.borrow().clone();
            match (&*before, &*now) {
                ([_], [finger]) => props.seek(finger.1),
                ([a, b], [c, d]) => {
                    let share = |finger: &(i32, f64)| finger.1 / props.width.max(1.0);
                    let next = props.window.pinched((share(a), share(b)), (share(c), share(d)));
                    props.send.emit(Action::Window(next));
                }
                _ => {}
            }
        })
    };
    let release = Callback::from(move |event: PointerEvent| {
        held.borrow_mut().retain(|finger| finger.0 != event.pointer_id());
    });
    html! {
        <div class="plot" ref={node} data-testid="plot" {onpointerdown} {onpointermove} onpointerup={release.clone()} onpointercancel={release} />
    }
}

/// The plot, and where in it the pointer is. Events are heard at the root of the page: none of them knows the plot itself.
fn place(plot: &NodeRef, event: &PointerEvent) -> Option<(Element, f64)> {
    let plot = plot.cast::<Element>()?;
    let x = f64::from(event.client_x()) - plot.get_bounding_client_rect().left();
    Some((plot, x))
}

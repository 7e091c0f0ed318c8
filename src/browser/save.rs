//! Taking things out of the page: files, the clipboard, paper. A frame may forbid each of them; then it is said, not done.

use gloo::file::{Blob, ObjectUrl};
use gloo::timers::callback::Timeout;
use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CanvasRenderingContext2d, Clipboard, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, window,
};

/// How long a file's address stays good, in milliseconds: the browser may ask where to put it first.
const KEPT_MS: u32 = 60_000;
/// Pixels of a picture for each of the page's.
const SCALE: f64 = 2.0;

/// Hands out a file; false if that is not possible here.
pub fn download(name: &str, blob: Blob) -> bool {
    let link = window().and_then(|w| w.document()).and_then(|d| d.create_element("a").ok());
    let Some(link) = link.and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok()) else { return false };
    let url = ObjectUrl::from(blob);
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Timeout::new(KEPT_MS, move || drop(url)).forget();
    true
}

/// A text as a file of a kind.
#[must_use]
pub fn file(text: &str, kind: &str) -> Blob {
    Blob::new_with_options(text, Some(kind))
}

/// Puts a text on the clipboard and tells whether it is there.
pub fn copy(text: &str, told: impl Fn(bool) + Clone + 'static) {
    // Where the page may not use it, it is not there at all.
    let clipboard = window().and_then(|w| Reflect::get(&w.navigator(), &JsValue::from_str("clipboard")).ok());
    let Some(clipboard) = clipboard.filter(|c| c.is_object()) else { return told(false) };
    let clipboard: Clipboard = clipboard.unchecked_into();
    let failed = told.clone();
    let good = Closure::once(move |_: JsValue| told(true));
    let bad = Closure::once(move |_: JsValue| failed(false));
    let _ = clipboard.write_text(text).then2(&good, &bad);
    // The browser calls one of them later; both are as small as a pointer.
    good.forget();
    bad.forget();
}

/// Draws a picture given as SVG, so large in CSS pixels, and hands it out as a PNG.
pub fn picture(name: String, svg: &str, size: (f64, f64)) -> Option<()> {
    let image = HtmlImageElement::new().ok()?;
    let url = ObjectUrl::from(file(svg, "image/svg+xml"));
    let source: String = (*url).to_owned();
    let drawn = image.clone();
    let loaded = Closure::once(move || {
        let _ = draw(&name, &drawn, size);
        drop(url);
    });
    image.set_onload(Some(loaded.as_ref().unchecked_ref::<Function>()));
    image.set_src(&source);
    loaded.forget();
    Some(())
}

fn draw(name: &str, image: &HtmlImageElement, (w, h): (f64, f64)) -> Option<()> {
    let canvas = window()?.document()?.create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width((w * SCALE) as u32);
    canvas.set_height((h * SCALE) as u32);
    let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, w * SCALE, h * SCALE).ok()?;
    let name = name.to_owned();
    let made = Closure::once(move |blob: web_sys::Blob| {
        download(&name, Blob::from(blob));
    });
    canvas.to_blob(made.as_ref().unchecked_ref::<Function>()).ok()?;
    made.forget();
    Some(())
}

/// Prints the page.
pub fn print() {
    if let Some(window) = window() {
        // A frame that may not print does nothing.
        let _ = window.print();
    }
}

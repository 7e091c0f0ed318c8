// Starts the app, and speaks for it when it cannot speak for itself: no WebAssembly, a file that did not arrive, or a
// panic after which no more of the app's own code may run.
//
// The app reports a panic with `window.dispatchEvent(new CustomEvent("bridge-panic", { detail: text }))`.

const words = {
  noWasm: {
    ko: "이 브라우저에서는 웹어셈블리를 쓸 수 없어 시뮬레이터를 열지 못했습니다. 최신 버전의 크롬, 파이어폭스, 사파리, 엣지에서 열어 주세요. 웹어셈블리가 차단되어 있다면 관리자에게 허용을 요청해 주세요.",
    en: "This browser cannot run WebAssembly, so the simulator could not open. Please open it in a current Chrome, Firefox, Safari or Edge, or ask your administrator if it has been turned off.",
  },
  notLoaded: {
    ko: "시뮬레이터 파일을 받지 못했습니다. 인터넷 연결을 확인하고 다시 열어 주세요.",
    en: "A part of the simulator did not arrive. Please check the connection and open it again.",
  },
  title: { ko: "시뮬레이터가 멈췄습니다", en: "The simulator has stopped" },
  ours: {
    ko: "프로그램 오류입니다. 저장된 작업은 그대로 있습니다. 아래 내용을 복사해 알려 주시면 고치는 데 도움이 됩니다.",
    en: "This is a mistake of ours. What you had saved is untouched. Copying the text below into a report helps us to mend it.",
  },
  copy: { ko: "복사", en: "Copy" },
  copied: { ko: "복사했습니다", en: "Copied" },
  selected: { ko: "선택했습니다. 이제 복사하세요", en: "Selected: now copy it" },
  again: { ko: "다시 시작", en: "Start again" },
};

const query = new URLSearchParams(location.search);
const page = document.documentElement;
const asked = query.get("locale");
const first = asked === "ko" || asked === "en" ? asked : navigator.language.startsWith("ko") ? "ko" : "en";
page.lang = first;
const theme = query.get("theme");
if (theme === "dark" || theme === "light") page.dataset.theme = theme;

/** The two languages, the reader's own first. */
function languages() {
  return page.lang.startsWith("ko") ? ["ko", "en"] : ["en", "ko"];
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function sentences(phrase) {
  return languages().map((lang) => element("p", { lang }, phrase[lang]));
}

function label(phrase) {
  return languages().map((lang) => phrase[lang]).join(" · ");
}

function restartButton() {
  const button = element("button", { type: "button", class: "boot-button boot-button-main", "data-testid": "restart" });
  button.textContent = label(words.again);
  button.addEventListener("click", () => location.reload());
  return button;
}

/** Says in the first picture why there will be no second one. */
function cannotStart(phrase, detail) {
  const place = document.getElementById("boot-words");
  if (!place || document.getElementById("fatal")) return;
  place.setAttribute("role", "alert");
  place.replaceChildren(...sentences(phrase), restartButton());
  if (detail) console.warn(detail);
}

async function copy(text, from, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = label(words.copied);
  } catch {
    // No clipboard in a sandboxed frame or without https: leave the text selected for the reader's own copying.
    getSelection().selectAllChildren(from);
    button.textContent = label(document.execCommand("copy") ? words.copied : words.selected);
  }
}

/** Takes the place of the app after a panic. Only the first one is shown: what follows is its consequence. */
function fatal(detail) {
  if (document.getElementById("fatal")) return;
  const report = `${detail}\n\n${location.pathname}${location.search}\n${navigator.userAgent}`;
  const text = element("pre", { tabindex: "0", "data-testid": "fatal-detail" }, report);
  const copying = element("button", { type: "button", class: "boot-button", "data-testid": "fatal-copy" });
  copying.textContent = label(words.copy);
  copying.addEventListener("click", () => copy(report, text, copying));
  const title = element("h1", {}, ...languages().map((lang) => element("span", { lang }, words.title[lang])));
  const screen = element("section", { id: "fatal", role: "alert", "data-testid": "fatal" });
  screen.append(title, ...sentences(words.ours), text);
  screen.append(element("div", { class: "boot-actions" }, restartButton(), copying));
  const app = document.getElementById("app");
  if (app) app.hidden = true;
  // A landmark of its own: the app's is hidden now.
  document.body.append(element("main", {}, screen));
}

window.addEventListener("bridge-panic", (event) => fatal(String(event.detail)));
window.addEventListener("error", ({ error }) => trap(error));
window.addEventListener("unhandledrejection", ({ reason }) => trap(reason));

/** A trap without a report from the app, such as running out of memory. */
function trap(error) {
  if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) fatal(`${error}\n${error.stack ?? ""}`);
}

window.addEventListener("bridge-lacking", () => cannotStart(words.notLoaded));

async function start() {
  if (typeof WebAssembly !== "object") return cannotStart(words.noWasm);
  const part = (name) => new URL(`${document.getElementById("start").dataset.app}/${name}`, document.baseURI);
  try {
    const app = await import(part("broken-bridge.js").href);
    await app.default({ module_or_path: part("broken-bridge_bg.wasm") });
  } catch (error) {
    trap(error);
    cannotStart(words.notLoaded, error);
  }
}

start();

// Runs before anything else on a page under test and keeps what goes wrong for the test to read: WebDriver has no
// console log in Firefox and WebKit.
(() => {
  const troubles = [];
  Object.defineProperty(window, "bridgeTroubles", { value: troubles });
  const note = (kind, text) => troubles.push(`${kind}: ${text}`);
  addEventListener("error", (event) => note("error", event.message ?? `could not load ${event.target?.src ?? event.target?.href}`), true);
  addEventListener("unhandledrejection", (event) => note("rejection", event.reason));
  document.addEventListener("securitypolicyviolation", (event) =>
    note("policy", `${event.effectiveDirective} forbids ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`),
  );
  for (const level of ["error", "warn"]) {
    const real = console[level];
    console[level] = (...words) => {
      note(`console.${level}`, words.join(" "));
      real.apply(console, words);
    };
  }
  // A browser without WebAssembly, as a test asks for it.
  if (new URLSearchParams(location.search).has("without-wasm")) delete window.WebAssembly;
})();

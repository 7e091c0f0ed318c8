// The wasm form of the probe under Node: node node.cjs <module made by wasm-bindgen> …; src/main.rs is the same natively.
"use strict";

const [made] = process.argv.slice(2);
const probe = require(require("node:path").resolve(made));

for (let seed = 1; seed <= 3; seed += 1) console.log(`luck ${seed} ${probe.luck(seed)}`);

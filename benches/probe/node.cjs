// The probe's wasm under Node, asked the same as src/main.rs natively:
// node node.cjs MODULE results FILE… | speed FILE, where MODULE is what wasm-bindgen made.
"use strict";

const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");

const SEEDS = [1, 2, 3, 4_000_000_007];
const WINDOWS = 8;
const WINDOW_MS = 500;

const [made, question, ...files] = process.argv.slice(2);
const { Probe } = require(resolve(made));
const open = (file) => Probe.open(readFileSync(file, "utf8"));

function results() {
  for (const file of files) {
    const probe = open(file);
    for (const seed of SEEDS) console.log(`${file} ${seed} ${probe.hash(seed)}`);
  }
}

function speed() {
  const probe = open(files[0]);
  const cold = performance.now();
  probe.events(1);
  const first = performance.now() - cold;
  let fastest = 0;
  for (let window = 0; window < WINDOWS; window += 1) {
    const start = performance.now();
    let runs = 0;
    while (performance.now() - start < WINDOW_MS) {
      runs += 1;
      probe.events(runs);
    }
    fastest = Math.max(fastest, (runs * 1000) / (performance.now() - start));
  }
  console.log(`${fastest.toFixed(1)} ${probe.events(1)} ${first.toFixed(1)}`);
}

({ results, speed })[question]();

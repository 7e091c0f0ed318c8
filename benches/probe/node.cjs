// The probe's wasm under Node, asked the same as src/main.rs natively:
// node node.cjs MODULE results FILE… | speed FILE, where MODULE is what wasm-bindgen made.
"use strict";

const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");

const SEEDS = [1, 2, 3, 4_000_000_007];
const MEASURED_MS = 3000;

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
  let events = 0;
  for (let seed = 0; seed < 20; seed += 1) events += probe.events(seed);
  const start = performance.now();
  let runs = 0;
  while (performance.now() - start < MEASURED_MS) {
    runs += 1;
    events += probe.events(runs);
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`${(runs / seconds).toFixed(1)} ${(events / (runs + 20)).toFixed(0)}`);
}

({ results, speed })[question]();

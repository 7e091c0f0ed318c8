"""The machine-repair model on SimPy 4, as its own machine-shop example is written: a process a machine, repairers a resource.

usage: python shop.py SEED EVENTS     prints: seconds of processor time, availability, its standard error
"""

import random
import sys
import time

import simpy

MACHINES, REPAIRERS, RUNS, REPAIR, BATCHES = 200, 5, 1000.0, 20.0, 50


class Tally:
    def __init__(self, env, events):
        self.env, self.up, self.full = env, MACHINES, env.event()
        self.batch = events // BATCHES
        self.left, self.left_in_batch = self.batch * BATCHES, self.batch
        self.since = self.began = self.area = 0.0
        self.batches = []

    def changes(self, by):
        now = self.env.now
        self.area += self.up * (now - self.since)
        self.since = now
        self.up += by
        self.left -= 1
        self.left_in_batch -= 1
        if self.left_in_batch == 0:
            self.batches.append((self.area, now - self.began))
            self.area, self.began, self.left_in_batch = 0.0, now, self.batch
            if self.left == 0:
                self.full.succeed()


def machine(env, luck, repairers, tally):
    while True:
        yield env.timeout(luck.expovariate(1 / RUNS))
        tally.changes(-1)
        with repairers.request() as turn:
            yield turn
            yield env.timeout(luck.expovariate(1 / REPAIR))
        tally.changes(1)


def main(seed, events):
    luck = random.Random(seed)
    start = time.process_time()
    env = simpy.Environment()
    tally = Tally(env, events)
    repairers = simpy.Resource(env, capacity=REPAIRERS)
    for _ in range(MACHINES):
        env.process(machine(env, luck, repairers, tally))
    env.run(until=tally.full)
    seconds = time.process_time() - start
    n = len(tally.batches)
    total = sum(time for _, time in tally.batches)
    ratio = sum(area for area, _ in tally.batches) / total
    squares = sum((area - ratio * time) ** 2 for area, time in tally.batches)
    error = (squares / (n * (n - 1))) ** 0.5 / (total / n)
    print(seconds, ratio / MACHINES, error / MACHINES)


main(int(sys.argv[1]), int(sys.argv[2]))

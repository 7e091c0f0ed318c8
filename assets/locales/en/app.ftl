# Every word of the app, in English. The Korean file beside this one has the same messages with the same arguments.

app-name = Broken Bridge
page-title = { $scenario } · Broken Bridge

# Header
menu-scenarios = Scenario
menu-open = Open a file…
language-other = 한국어
language-switch = Switch to Korean
theme-auto = Colours: as the system
theme-light = Colours: light
theme-dark = Colours: dark
help = Keys and signs
close = Close

# Figures
figures = Figures
figure-users = Users affected
figure-of = of { $n }
figure-services = Services
figure-tally = { $up } up · { $down } down
figure-partly = { $n } of them in part
figure-all-serve = all { $n } serve
figure-hands = Hands at work
figure-hands-of = { $busy } of { $all }
figure-hands-free = nobody is called
figure-user-minutes = User-minutes lost
figure-rate = +{ $n } a minute
figure-no-rate = no more being lost
figure-money = Lost so far
figure-money-note = sales, claims, work
figure-back = { $name } back
figure-objective = RTO { $time }
figure-whole = whole { $time }
figure-drained = backlog drained at { $time }
figure-no-objective = no objective set
figure-data-lost = data lost for good
figure-writes-lost = { $time } of writes lost
figure-writes-met = { $time } of writes lost, RPO met
figure-writes-missed = { $time } of writes lost, RPO missed
figure-all-back = All back
figure-all-back-note = every service whole
never-in-run = not in { $time }
not-lost = not lost
tip-users = People who try to use something now and find it broken, however little.
tip-services = Up: serves all or part of its demand. Down: serves nothing.
tip-hands = People who restart, inspect or find a way round right now, of all there are.
tip-user-minutes = People affected, multiplied by the minutes they were, up to the playhead.
tip-money = Sales lost with the share not served and with people who left, compensation, penalties, work and the fixed loss, up to the playhead.
tip-back = When people could use it again in this run, and when all of its demand is served again.
tip-all-back = When every service serves all of its demand again in this run.

# What the organisation does
phase-normal = nothing is wrong
phase-unnoticed = services still unharmed
phase-undetected = undetected
phase-deciding = deciding
phase-switching = switching
phase-waiting = waiting
phase-restarting = restarting

# Sites
sites = Sites
operator-own = own building
operator-colocation = colocation
operator-managed = managed
site-servers = { $n ->
    [one] 1 server
   *[other] { $n } servers
}
badge-up = Up
badge-standby = Standby
badge-carrying = Carries the load
badge-taking-over = Taking over
badge-fire = Fire
badge-water = Water on, power cut
badge-water-part = Water on
badge-barred = No power · entry barred
badge-barred-part = Entry barred
badge-no-power = No power
badge-part-power = Part without power
badge-recovering = Recovering
zone-panel = { $hall } · { $panels }
street-level = street level
feeds-count = { $n ->
    [one] 1 feed
   *[other] { $n } feeds
}
kind-generators = generators { $key }
kind-panel = panel { $key }
kind-ups = UPS { $key }
kind-utility = utility { $key }
kind-chillers = chillers { $key }
feed-utility = utility
feed-cut = utility · off by order since { $at }
feed-lost = utility · lost since { $at }
feed-battery = on battery since { $at }
feed-on-generators = on generators since { $at }
room-ok = as built
room-burning = burning
room-burnt = burnt
room-damaged = fire put out
room-warm = too warm: throttled
room-hot = too hot: switched off
room-smoky = smoke
room-flooded = under water
room-dark = no power
room-out = out at { $at }
element-live = live
element-on-battery = on battery
element-bypass = overloaded, on bypass
element-ready = ready
element-dead = no power
element-tripped = tripped
element-cut = off by order
element-destroyed = destroyed
element-repair = being inspected
element-failed = failed
pool-up = serving
pool-standby = standby
pool-promoting = being promoted
pool-routing = users on their way
pool-no-power = no power
pool-wait-access = nobody may enter
pool-wait-boot = waits for a service
pool-wait-hands = waits for hands
pool-restarting = restarting
pool-checking = checking data
pool-destroyed = burnt
pool-off = off, empty
pool-provisioning = being installed
pool-stored = data kept
pool-wait-parts = waits for hardware
pool-wait-data = waits for data
pool-restoring = data being restored
service-up = up
service-degraded = in part
service-down = down
service-waiting = waiting
service-restarting = restarting
service-no-power = no power
service-lost = data lost
role-active = active
role-standby = standby
role-pilot = pilot
role-cold = cold
role-backup = backup

# Spoken labels
label-room = { $name }, { $site }: { $state }
label-element = { $name }, { $site }: { $state }
label-pool = { $name } in { $site }, { $role }: { $state }, { $up } of its servers up
label-service = { $name }: { $state }, serves { $share }, since { $since }
label-site = { $name }: { $badge }
label-drop-fire = Set fire to { $name } at { $at }
label-drop-trip = Trip { $name } at { $at }
label-drop-crash = Crash { $name } at { $at }

# Dependencies
dependencies = Dependencies
legend-needs = needs
legend-wants = wants
legend-to-start = to start
modes = Stages
mode-drill = Drill
mode-debrief = Debrief
views = Views
tab-sites = Sites
tab-graph = Dependencies
tab-table = Table
tab-log = Log

# Why
why = Why
why-title-down = Why is { $name } down?
why-title-part = Why is { $name } not whole?
why-title-back = How did { $name } come back?
why-title-fine = { $name } serves everyone
why-title-other = What happened to { $name }?
why-nothing = Nothing has happened to it so far. Press play, or drop an incident.
why-nothing-selected = Select a service, a room or a panel to ask why.
why-back-first = back first: { $list }
why-then = , then { "" }
why-seek = { $what }, { $where }: go to { $at }
block-detection = somebody must notice
block-decision = a decision
block-fire = fire out in { $name }
block-access = entry to { $name }
block-power = power at { $name }
block-network = lines to { $name }
block-cycle = a way round { $name }
block-quorum = a majority of { $name }
block-servers = servers of { $name }
block-routes = users led to { $name }
block-settings = settings of { $name } written
block-hold-down = the hold-down of { $name } over
block-glass = { $name } let in as administrators
block-promotion = { $name } promoted
block-hands = a free hand in { $name }
block-check = data of { $name } checked
block-warm = caches of { $name } warm
block-capacity = { $n } more servers of { $name }, or less load
block-provisioning = servers of { $name } installed
block-no-copy = a copy of the data of { $name }
block-restore = data of { $name } restored

# Broken bridges
finding-guard-shares-fate = The guard was lost with what it guards
finding-guard-unreachable = The guard was cut off
finding-controller-deaf = The controller heard nothing
finding-tools-lost = The tools were lost with the servers
finding-sign-in-lost = The administrators could not sign in
finding-names-lost = The names were lost with what they led to
finding-failover-flaps = Switched again and again on a false alarm
finding-standby-too-small = The standby could not carry the load
finding-capacity-elsewhere = Too few servers elsewhere
finding-no-standby = Nothing elsewhere could serve it
finding-one-region = Every site in one region
finding-single-panel = All on one panel
finding-quorum-in-one-site = No majority without one site
finding-boot-cycle = A circle nobody could start
finding-slow-decision = Nobody could say go
finding-nobody-in-command = Nobody said what comes first
finding-hands-short = Too few hands
finding-not-practised = Nobody had practised a loss of this size
finding-channel-lost = The teams had lost their channel
finding-ups-under-one-ceiling = UPS and batteries under one ceiling
finding-no-zone-switch = No switch for the zone
finding-overload-trip = Overloaded by what others had carried
finding-generator-failed = The generators did not carry it
finding-retry-storm = Retries kept it down
finding-cold-cache = Cold caches overran what is behind them
finding-backlog-late = The backlog was worked off too slowly
finding-too-hot = The hall was too warm
finding-rto-below-restore = Promised sooner than it can start
finding-no-copy-elsewhere = No copy of the data elsewhere
finding-backup-beside = The backup beside the original
finding-rpo-below-copies = Copied less often than promised
finding-rpo-missed = Recovery point missed
finding-objective-missed = Recovery time missed

# Events: what
event-ignite = fire
event-trip = breaker tripped
event-fail = fails
event-feed-lost = utility lost
event-crash = servers crash
event-kill = a server stops
event-line-cut = cut: { $line }
event-line-whole = whole again: { $line }
line-all = all lines
line-users = line to the users
line-between = line to { $name }
net-whole = on the network
net-apart = cut off from most sites
net-unreachable = cut off from users
event-mistaken = a mistaken command
event-drill = drill, unannounced
event-drill-announced = drill, announced
event-room-burning = catches fire
event-room-burnt = burnt out
event-room-damaged = fire put out
event-room-warm = gets too warm: servers slow down
event-room-hot = gets too hot: servers are switched off
event-room-smoky = smoke reaches it
event-room-flooded = water reaches it
event-room-ok = as before
event-chillers = { $count } chillers run
event-alarm = fire alarm
event-gas-worked = gas put it out
event-gas-failed = gas did not help
event-cut = power cut ordered
event-isolated = battery isolated before it burnt
event-cleared = people may enter
event-site-ok = back to normal
event-site-burning = evacuated
event-site-flooding = water on
event-site-barred = fire out, entry barred
event-site-recovering = work begins
event-servers = { $n } servers up
event-crashed = { $n } servers crash under the load
event-throttled = users are turned away
event-admitted = everybody is let in again
event-shock = { $name } strikes the region
event-cache-cold = caches are cold
event-cache-warm = caches are warm again
event-backlog-waits = work waits in a backlog
event-backlog-full = backlog full: the rest is turned away
event-backlog-empty = backlog drained
event-damaged = { $n } servers damaged
event-ordered = { $n } servers ordered
event-replaced = { $n } servers replaced
event-surge = power back all at once
event-detected-monitor = seen by the monitor
event-detected-users = known from users
event-notified = the landlord calls
event-acknowledged = alarm taken
event-escalated = authority reached
event-decided = decision: go
event-commander = one commander
event-closed = incident closed
event-came-in = { $n } more come in
event-channel-lost = team chat lost
event-channel-moved = talking elsewhere
event-channel-back = team chat is back
event-dropped = no longer needed: { $task }
event-progress = under way: { $task }
event-energise = power is switched on
event-routed = users arrive
event-restarted = restarted by its watchdog
event-suspected = the monitor takes it for down
event-trusted = the monitor sees it again
event-split = split: two sides active
event-joined = one side again
event-promoted = promoted
event-writes-lost = the last { $time } of writes are missing
event-diverging = two sides are written apart
event-diverged = one side again
event-conflicts = joined: { $n } keys that both sides wrote
event-data-lost = no copy of the data is left
event-started-empty = starts without its data
event-restored = data restored
event-queued = asked for: { $task }
event-started = begun: { $task }
event-redone = again: { $task }
event-mistake = stopped by mistake
event-broke = a server breaks
event-noticed = users are told
event-done = done: { $task }
event-bypassed = goes on without { $name }
event-phase = { $phase }
task-promote = promotion
task-throttle = turning users away
task-boot = start
task-provision = installation
task-reconcile = putting right what both sides wrote
task-verify = checking the data
task-secure = checking security
task-fetch = fetching tapes
task-bypass = way round { $name }
task-check = data check
task-inspect = inspection
task-redirect = leading users there
task-configure = settings by hand
task-break-glass = access without sign-in
task-open-doors = opening the doors
task-recable = new cable
task-reclose = closing the breaker
task-relink = repair: { $line }
task-chiller = starting a chiller
task-notice = notice to users
task-repair = server repair
task-clean = cleaning
task-replace = replacing servers
by-hand = { $task }, by hand
place-of = { $name }, { $site }
organisation = the organisation

# Timeline and transport
timeline = Timeline
playhead = Playhead
playhead-text = { $time } after the start, { $local }
play = Play
pause = Pause
event-previous = Previous event
event-next = Next event
speed = Speed
speed-value = Speed { $n }
scale-warped = By events
scale-true = True scale
scale-switch = Axis: by events or true to scale
pin-label = { $what }, { $where }, at { $at }

# Incidents
incidents = Incidents
incident-fire = Fire
incident-trip = Panel trip
incident-crash = Crash
incident-hint-fire = Choose a room to set fire to at { $at }
incident-hint-trip = Choose a panel or a utility feed to trip at { $at }
incident-hint-crash = Choose a pool of servers to crash at { $at }
incident-hint-none = pick an incident, then its target
incidents-count = { $n ->
    [one] 1 incident
   *[other] { $n } incidents
}
incidents-none = No incidents: an ordinary day.
incident-remove = Remove: { $what }
incidents-clear = Remove all
incidents-author = As the scenario has it
undo = Undo
redo = Redo

# Table and log
table-caption = Services at { $at }
table-service = Service
table-state = State
table-since = Since
table-share = Served
table-back = Back
table-doing = What is done
log-empty = Nothing has happened yet.

fact-label = Known of the real event: { $what } ({ $at })
fact-title = What is known of the real event

# Live messages
live-moment = { $at }: { $what }

# Bad input
errors-title = { $name } cannot be opened
errors-lead = { $n ->
    [one] One thing is wrong. What was open stays open.
   *[other] { $n } things are wrong. What was open stays open.
}
errors-place = line { $line }, column { $column }
notice-garbage = What was kept from last time could not be read. This is a fresh start.
notice-storage = This browser keeps nothing here; a reload starts afresh.
notice-opened = Opened. It stays on this device.
notice-too-large = That file is too large to be a scenario.
notice-unreadable = The browser could not read that file.
dismiss = Dismiss

# Help
help-title = Keys and signs
help-keys = Keys
help-signs = Signs
key-play = play and pause
key-event = previous and next event
key-nudge = move the playhead; with Shift further
key-ends = start and end
key-arm = take fire, panel trip or crash in hand
key-drop = drop it on the target with the focus
key-escape = put it back, close
key-undo = undo, redo
key-rove = move inside a picture

unit-days = { $n } d
unit-hours = { $n } h
unit-minutes = { $n } m
unit-seconds = { $n } s

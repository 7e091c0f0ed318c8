// The marks in a message's text; the build writes them and the program reads them.

/// Before the name of an argument, whose value stands here.
const ARG: char = '\u{1}';
/// Ends a name, a key or a pair of particles.
const STOP: char = '\u{2}';
/// Before the name of an argument and a pair of Korean particles, of which the one stands here that follows the value.
const JOSA: char = '\u{3}';
/// Before the name of an argument and cases, each a value and a message.
const SELECT: char = '\u{4}';
/// Ends a message.
const END: char = '\u{5}';
/// Before the message that is said in no other case.
const OTHER: char = '\u{6}';

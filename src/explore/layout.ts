/**
 * Where everything lies among the words of a state.
 */

/** A program has at most so many bodies: the number of interleavings leaves no room for more. */
export const MOST_THREADS = 4

/** Per thread: the history it has behind it, which also says what it does next. */
export const NODE = 0
/** Microseconds since the exploration began. */
export const CLOCK = NODE + MOST_THREADS
/** The threads asleep, see `sleepers.ts`. */
export const SLEEPERS = CLOCK + 1
/** How many sleeps have timed out although others could run. */
export const TIMEOUTS = SLEEPERS + 1
/** How many accesses rode along because nobody contends for their cells. */
export const RIDDEN = TIMEOUTS + 1
/** Per thread: when its sleep times out; means something only while it sleeps with a timeout. */
export const DEADLINE = RIDDEN + 1
/** Per thread and thread: the vector clocks. */
export const KNOWS = DEADLINE + MOST_THREADS
/** The words that every state has. */
export const HEAD = KNOWS + MOST_THREADS * MOST_THREADS

/** A cell's words, from its value on. */
export const VALUE = 0
/** What may be done with it. */
export const ACCESS = 1
/** Not zero once any thread has accessed it plainly. */
export const TOUCHED_PLAINLY = 2
/** Per thread: the vector clock that was released into the cell. */
export const RELEASED = 3
/** Per thread: its epoch at its last access of each kind; zero for none. */
export const PLAIN_READ = RELEASED + MOST_THREADS
export const PLAIN_WRITE = PLAIN_READ + MOST_THREADS
export const ATOMIC_READ = PLAIN_WRITE + MOST_THREADS
export const ATOMIC_WRITE = ATOMIC_READ + MOST_THREADS
/** What is known of it on all paths, see `contention.ts`. */
export const MARKS = ATOMIC_WRITE + MOST_THREADS
/** Words per cell. */
export const STRIDE = MARKS + 1

/*
 * Operations: what an actor can be asked to do, each on the actor's own thread.
 *
 * An operation calls what the interpreter itself calls for that purpose, and writes the facts that
 * come back. It answers false if it was refused, after it has said why with `refuse`.
 */
#ifndef ADAPTER_OPERATIONS_H
#define ADAPTER_OPERATIONS_H

#include "things.h"

typedef bool Operation(Actor *actor, const Json *args, Text *facts);

#define OPERATION(name, function) Operation function;
#include "operations.def"
#undef OPERATION

/* The requests of a thread in the order in which they are served, and their bits in the eval breaker. */
extern const char *const request_names[REQUESTS];
extern const uintptr_t request_bits[REQUESTS];

/* Says why the operation is refused. Always answers false. */
bool refuse(Actor *actor, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Performs what a job says: a step, or a racer's whole program. */
void perform_job(Actor *actor, Job *job);
void perform_race(Actor *actor, Job *job);

/* Runs a program within an operation. An operation of it that is refused ends it, and refuses what ran it. */
void run_program(Actor *actor, const Json *program);

bool is_operation(const char *name);

/* The actor's thread state, attached; NULL after a refusal. */
PyThreadState *attached(Actor *actor);

/* What args name. NULL, after a refusal, if there is nothing of that name. */
Thing *thing_in(Actor *actor, const Json *args, Kind kind);
Thing *live_thing_in(Actor *actor, const Json *args, Kind kind);
PyInterpreterState *interpreter_in(Actor *actor, const Json *args);

/* Refuses what must not happen within a pause of the actor's own. Answers whether it may happen. */
bool outside_own_pause(Actor *actor);

/* Nanoseconds of the member "timeout"; negative without one. */
PyTime_t timeout_in(const Json *args);

/* `prefix-number`. Valid until the next call on the same thread. */
const char *numbered(const char *prefix, int64_t number);

/* Runs what the actor does when a request is served. Answers false if that fails. */
bool run_handler(Actor *actor, int request);

#endif

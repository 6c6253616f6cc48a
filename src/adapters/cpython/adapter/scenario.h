/*
 * A scenario, in a process of its own: it begins with a copy of an interpreter that was just brought
 * up, so nothing of an earlier scenario can be left, and if the interpreter crashes that is the end
 * of one scenario. Its host is the thread that answers the requests.
 */
#ifndef ADAPTER_SCENARIO_H
#define ADAPTER_SCENARIO_H

#include "actors.h"
#include "lines.h"

/* Opens the scenario that the params of `open` describe. */
void open_scenario(const Json *params);

/* Answers requests until `close` or the end of the input. */
void serve(int descriptor);

/* In the child of a fork: gives the process a host, which answers on this descriptor. */
void serve_after_fork(int descriptor);
void note_fork(void);

/* Performs a step. Answers whether it came to its end without being refused. */
bool do_step(const Json *params);

/* Notes that a step has come to its end. */
void note_done(const Actor *actor, const Job *job);

/* Writes the states that queries ask for. Answers why not, or NULL. */
const char *observe_all(const Json *queries, Text *states);

#endif

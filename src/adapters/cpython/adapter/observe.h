/* What the runtime looks like. It is read from the interpreter's structures while nobody runs, and nothing is changed. */
#ifndef ADAPTER_OBSERVE_H
#define ADAPTER_OBSERVE_H

#include "json.h"

/* Writes the state that a query asks for. Answers a message if there is nothing of that name, and NULL otherwise. */
const char *observe(const Json *query, Text *state);

/* Writes what is left at the end of a scenario. */
typedef struct Census {
    int64_t objects, blocks, threads, queued, pending, locks, parked;
} Census;

void take_census(Census *census);
void write_census(const Census *census, Text *text);

#endif

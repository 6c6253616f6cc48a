/* What happened, in the order in which it happened, until the next reply takes it along. */
#ifndef ADAPTER_EVENTS_H
#define ADAPTER_EVENTS_H

#include "actors.h"

/* Notes an event: pairs of a property and its value, both strings, and NULL at the end. */
void emit(const Actor *actor, const char *event, ...) __attribute__((sentinel));

/* What a tool is told of. A line or an offset below zero is none, and so is a text that is NULL. */
typedef struct Told {
    int tool;
    const char *about, *function;
    int line, offset;
    const char *value, *callable;
    int target;
} Told;

/* Notes that a tool was told of something. */
void tell(const Actor *actor, const Told *told);

/* Notes how an earlier step ended that had parked. */
void tell_end(const Actor *actor, const Job *job);

/* Adds events that were written elsewhere, without the brackets around them. */
void add_events(const char *written);

/* Writes what happened as a JSON array, and forgets it. */
void take_events(Text *text);
void forget_events(void);

/* While this is above zero, nothing is noted that the calling thread does: it brings an interpreter up. */
extern __thread int quiet;

/* What a sleeping seat waits for, in words. */
void describe_sleep(const Seat *seat, Text *on);

/* The same as JSON, with those who could let it go on. */
void write_parked(const Actor *actor, Text *text);

#endif

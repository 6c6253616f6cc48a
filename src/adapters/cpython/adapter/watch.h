/*
 * Watching: what happened is read off the interpreter's own structures.
 *
 * The interpreter says nothing about what it does. `look` compares its structures with what they
 * held at the last look, and notes what has changed as events; the functions that the linker puts
 * in between (`watch.c`) look before and after the interpreter's own calls, so that the order of
 * events is the order of what happened. No event is noted because an operation was asked for.
 */
#ifndef ADAPTER_WATCH_H
#define ADAPTER_WATCH_H

#include "things.h"

void look(void);

/* Looks at one object, which is about to be freed. */
void look_at_object(Thing *thing);

/* From now on an object is watched, an interpreter is watched, beginning with what it is now. */
void watch_object(Thing *thing);
void watch_interpreter(PyInterpreterState *interp);

/* An interpreter or a thread state is about to be freed. */
void stop_watching(const void *memory);

#endif

/*
 * Fatal errors that an operation survives.
 *
 * A debug build ends the process when it notices that a count was wrong. It has noticed a broken rule then,
 * and the protocol wants to hear of that; the end of the process would only say it less clearly. So where a
 * count may be wrong, the last thing that the interpreter does, its call of `abort`, leads back here.
 */
#ifndef ADAPTER_FATAL_H
#define ADAPTER_FATAL_H

#include "actors.h"

/* Calls back. If the interpreter ends with a fatal error meanwhile, the actor's operation is refused as corrupted. */
bool survive(Actor *actor, void (*act)(void *argument), void *argument);

#endif

/* The scenario's objects: of two types of the adapter's own, one of which the collector tracks. */
#ifndef ADAPTER_OBJECTS_H
#define ADAPTER_OBJECTS_H

#include "things.h"

/* Readies the types. The calling thread is attached. Answers false with an exception set. */
bool ready_types(void);

#endif

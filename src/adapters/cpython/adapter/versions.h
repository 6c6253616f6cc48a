/*
 * What differs between versions of the interpreter, in one place.
 *
 * Since 3.14.0b4 a deferred advance is no function of its own: delayed free counts items and bytes, gets told the
 * size of what it is given, and is looked at at safe points too. That came to the line of 3.15 while its commits were
 * called 3.15.0a0, a number that says nothing about the day: such an interpreter is taken for one from before.
 * Since 3.14.0a3 what is tagged in the queues is not the memory of an object but an object, to which a reference is
 * dropped.
 */
#ifndef ADAPTER_VERSIONS_H
#define ADAPTER_VERSIONS_H

#include "python.h"

#define DEFERS_BY_CALLS (PY_VERSION_HEX < 0x030E00B4 || PY_VERSION_HEX == 0x030F00A0)
#define DELAYS_OBJECT_MEMORY (PY_VERSION_HEX < 0x030E00A3)

#if DEFERS_BY_CALLS
#  define SIZE_PARAMETER
#  define SIZE_ARGUMENT(size)
#else
#  define SIZE_PARAMETER , size_t size
#  define SIZE_ARGUMENT(size) , size
#endif

/* How many frees the next advance has been deferred for. */
static inline int
deferrals_of(const struct _qsbr_thread_state *slot)
{
#if DEFERS_BY_CALLS
    return slot->deferrals;
#else
    return slot->deferred_count;
#endif
}

#endif

/*
 * The allocators, through the hooks that the interpreter offers for this (PyMem_SetAllocator).
 *
 * The hooks see every allocation and every free, so that a free is a fact; they count what is in
 * use, and refuse what the scenario wants refused. What they do not refuse they pass on.
 */
#ifndef ADAPTER_MEMORY_H
#define ADAPTER_MEMORY_H

#include "things.h"

/* Puts the hooks in place. The interpreter is up. */
void hook_allocators(void);

/* Lets the actors make so many allocations more; negative for no limit. */
void limit_allocations(int64_t allocations);

/*
 * To call a function of a program from here, and not from a program, takes an array for its arguments. If that is what
 * the calling thread allocates next, it is not refused: the scenario limits what its programs allocate.
 */
void allow_arguments(Py_ssize_t count);

/* Blocks in use. */
Py_ssize_t blocks_in_use(PyMemAllocatorDomain domain);

/* The block that is given to delayed free right now, on this thread. */
extern __thread const void *retiring;

#endif

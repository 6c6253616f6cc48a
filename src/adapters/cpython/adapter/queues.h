/* The interpreter's queues, read without a lock: nobody else runs while one looks. */
#ifndef ADAPTER_QUEUES_H
#define ADAPTER_QUEUES_H

#include "python.h"

/*
 * The queues of delayed frees are made of these. They are declared in Objects/obmalloc.c and in no
 * header, so their layout stands here once more. Their size is known to the allocator's hooks, which
 * would see no chunk at all if it were another.
 */
enum { FREES_PER_CHUNK = 254 };

typedef struct DelayedFree {
    uintptr_t pointer; /* the lowest bit says that it goes back to the allocator for objects */
    uint64_t goal;
} DelayedFree;

typedef struct FreeChunk {
    struct llist_node node;
    Py_ssize_t read, written;
    DelayedFree items[FREES_PER_CHUNK];
} FreeChunk;

/* The thread state in whose merge queue an object is; NULL if it is in none. */
const PyThreadState *queue_holding(const PyObject *object);

/* Objects in a thread's merge queue, those included that are taken out already but not merged yet. */
Py_ssize_t queued_for(PyThreadState *state);

Py_ssize_t pending_in(const struct llist_node *queue);
Py_ssize_t chunks_in(const struct llist_node *queue);

/* The delayed free of a block, in whatever queue it is; NULL if it is in none. */
const DelayedFree *delayed_free_of(const void *block);

#endif

#include "queues.h"

static Py_ssize_t
count_in(const _PyObjectStack *stack, const PyObject *wanted)
{
    Py_ssize_t count = 0;
    for (const _PyObjectStackChunk *chunk = stack->head; chunk; chunk = chunk->prev) {
        for (Py_ssize_t index = 0; index < chunk->n; index++) {
            count += wanted == NULL || chunk->objs[index] == wanted;
        }
    }
    return count;
}

static Py_ssize_t
count_for(PyThreadState *state, const PyObject *wanted)
{
    const struct _brc_thread_state *queue = &private_of(state)->brc;
    return count_in(&queue->objects_to_merge, wanted) + count_in(&queue->local_objects_to_merge, wanted);
}

const PyThreadState *
queue_holding(const PyObject *object)
{
    for (PyInterpreterState *interp = PyInterpreterState_Head(); interp; interp = interp->next) {
        for (PyThreadState *state = interp->threads.head; state; state = state->next) {
            if (count_for(state, object) > 0) {
                return state;
            }
        }
    }
    return NULL;
}

Py_ssize_t
queued_for(PyThreadState *state)
{
    return count_for(state, NULL);
}

static const FreeChunk *
chunk_of(const struct llist_node *node)
{
    return (const FreeChunk *)node; /* the node comes first */
}

Py_ssize_t
pending_in(const struct llist_node *queue)
{
    Py_ssize_t count = 0;
    for (const struct llist_node *node = queue->next; node && node != queue; node = node->next) {
        count += chunk_of(node)->written - chunk_of(node)->read;
    }
    return count;
}

Py_ssize_t
chunks_in(const struct llist_node *queue)
{
    Py_ssize_t count = 0;
    for (const struct llist_node *node = queue->next; node && node != queue; node = node->next) {
        count++;
    }
    return count;
}

static const DelayedFree *
find_in_queue(const struct llist_node *queue, const void *block)
{
    for (const struct llist_node *node = queue->next; node && node != queue; node = node->next) {
        const FreeChunk *chunk = chunk_of(node);
        for (Py_ssize_t index = chunk->read; index < chunk->written; index++) {
            if ((chunk->items[index].pointer & ~(uintptr_t)1) == (uintptr_t)block) {
                return &chunk->items[index];
            }
        }
    }
    return NULL;
}

const DelayedFree *
delayed_free_of(const void *block)
{
    for (PyInterpreterState *interp = PyInterpreterState_Head(); interp; interp = interp->next) {
        const DelayedFree *found = find_in_queue(&interp->mem_free_queue.head, block);
        for (PyThreadState *state = interp->threads.head; state && !found; state = state->next) {
            found = find_in_queue(&private_of(state)->mem_free_queue, block);
        }
        if (found) {
            return found;
        }
    }
    return NULL;
}

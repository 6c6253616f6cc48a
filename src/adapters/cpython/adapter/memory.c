#include "memory.h"

#include "events.h"
#include "queues.h"
#include "tokens.h"
#include "turns.h"
#include "versions.h"
#include "watch.h"

enum { DOMAINS = 3, MOST_CHUNKS = 4096 };

__thread const void *retiring;

static PyMemAllocatorEx behind[DOMAINS];
static Py_ssize_t in_use[DOMAINS];
static int64_t allowed = -1;

/* Chunks of delayed frees that were allocated and not given back. */
static const void *chunks[MOST_CHUNKS];
static int chunk_count;

void
limit_allocations(int64_t allocations)
{
    allowed = allocations;
}

Py_ssize_t
blocks_in_use(PyMemAllocatorDomain domain)
{
    return in_use[domain];
}

/* The size of an array for arguments that may be allocated now; NO_SIZE without one. */
#define NO_SIZE SIZE_MAX
static __thread size_t arguments_size = NO_SIZE;

void
allow_arguments(Py_ssize_t count)
{
    arguments_size = (size_t)count * sizeof(_PyStackRef);
}

static bool
is_for_arguments(int domain, size_t size)
{
    bool matches = domain == PYMEM_DOMAIN_MEM && size == arguments_size;
    arguments_size = NO_SIZE;
    return matches;
}

static Actor *
who(void)
{
    return me ? me->occupant : NULL;
}

/* Whether an allocation is to be refused. Only the actors' own are: the host has no part in the scenario. */
static bool
is_refused(void)
{
    if (me == NULL || quiet || _Py_atomic_load_int64_relaxed(&allowed) < 0) {
        return false;
    }
    if (_Py_atomic_add_int64(&allowed, -1) > 0) {
        return false;
    }
    _Py_atomic_store_int64_relaxed(&allowed, 0);
    look();
    emit(who(), "refused", NULL);
    return true;
}

static void *
handed_out(int domain, void *block)
{
    if (block) {
        _Py_atomic_add_ssize(&in_use[domain], 1);
    }
    return block;
}

/* While something is given to delayed free, an allocation of this size is a chunk of its queue. */
static void
note_chunk(void *block, size_t size)
{
    if (block && retiring && size == sizeof(FreeChunk) && chunk_count < MOST_CHUNKS && !running_free) {
        chunks[chunk_count++] = block;
        emit(who(), "chunk-opened", NULL);
    }
}

static void *
hook_malloc(void *context, size_t size)
{
    int domain = (int)(intptr_t)context;
    bool refused = !is_for_arguments(domain, size) && is_refused();
    return refused ? NULL : handed_out(domain, behind[domain].malloc(behind[domain].ctx, size));
}

static void *
hook_calloc(void *context, size_t count, size_t size)
{
    int domain = (int)(intptr_t)context;
    arguments_size = NO_SIZE;
    if (is_refused()) {
        return NULL;
    }
    void *block = handed_out(domain, behind[domain].calloc(behind[domain].ctx, count, size));
    note_chunk(block, count * size);
    return block;
}

static void
note_chunk_freed(const void *block)
{
    for (int index = 0; index < chunk_count; index++) {
        if (chunks[index] == block) {
            chunks[index] = chunks[--chunk_count];
            emit(who(), "chunk-freed", NULL);
            return;
        }
    }
}

/* The memory goes back. Whatever lived there is gone from here on. */
static void
note_freed(const void *block)
{
    Thing *object = find_at(OBJECT, block);
    Thing *thing = object ? object : find_at(BLOCK, block);
    if (thing) {
        look();
        bury(thing);
        emit(who(), "freed", object ? "object" : "block", thing->name, NULL);
    }
    else if (!running_free) {
        note_chunk_freed(block);
    }
}

static void
hook_free(void *context, void *block)
{
    int domain = (int)(intptr_t)context;
    if (block) {
        _Py_atomic_add_ssize(&in_use[domain], -1);
        retire_token(block);
        if (domain == PYMEM_DOMAIN_RAW) {
            Thing *interp = find_at(INTERPRETER, block);
            if (interp) {
                bury(interp);
            }
            stop_watching(block);
        }
        else {
            note_freed(block);
        }
    }
    behind[domain].free(behind[domain].ctx, block);
}

static void *
hook_realloc(void *context, void *block, size_t size)
{
    int domain = (int)(intptr_t)context;
    if (is_refused()) {
        return NULL;
    }
    void *moved = behind[domain].realloc(behind[domain].ctx, block, size);
    return block ? moved : handed_out(domain, moved);
}

void
hook_allocators(void)
{
    for (int domain = 0; domain < DOMAINS; domain++) {
        PyMemAllocatorEx hooks = {(void *)(intptr_t)domain, hook_malloc, hook_calloc, hook_realloc, hook_free};
        PyMem_GetAllocator((PyMemAllocatorDomain)domain, &behind[domain]);
        PyMem_SetAllocator((PyMemAllocatorDomain)domain, &hooks);
    }
}

/* What is given to delayed free, from inside the interpreter or from here, and whether it was really queued. */

static void
note_retired(const void *block)
{
    Thing *thing = block ? find_at(BLOCK, block) : NULL;
    if (thing) {
        emit(who(), "retired", "block", thing->name, NULL);
    }
}

void __real__PyMem_FreeDelayed(void *block SIZE_PARAMETER);
void __wrap__PyMem_FreeDelayed(void *block SIZE_PARAMETER);

void
__wrap__PyMem_FreeDelayed(void *block SIZE_PARAMETER)
{
    retiring = block;
    __real__PyMem_FreeDelayed(block SIZE_ARGUMENT(size));
    retiring = NULL;
#if !DEFERS_BY_CALLS
    if (delayed_free_of(block)) {
        note_retired(block);
    }
#endif
}

#if DELAYS_OBJECT_MEMORY
void __real__PyObject_FreeDelayed(void *block);
void __wrap__PyObject_FreeDelayed(void *block);

void
__wrap__PyObject_FreeDelayed(void *block)
{
    retiring = block;
    __real__PyObject_FreeDelayed(block);
    retiring = NULL;
}
#endif

#if DEFERS_BY_CALLS
uint64_t __real__Py_qsbr_deferred_advance(struct _qsbr_thread_state *slot);
uint64_t __wrap__Py_qsbr_deferred_advance(struct _qsbr_thread_state *slot);

/* A block gets its goal as it is queued, and a block that is freed at once gets none. */
uint64_t
__wrap__Py_qsbr_deferred_advance(struct _qsbr_thread_state *slot)
{
    look();
    uint64_t goal = __real__Py_qsbr_deferred_advance(slot);
    look();
    note_retired(retiring);
    /* What is freed meanwhile may ask for goals of its own: the allocator does, for its pages. */
    retiring = NULL;
    return goal;
}
#endif

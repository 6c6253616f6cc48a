/* Blocks of raw memory, and their delayed free. */
#include "blocks.h"

#include <string.h>

#include "memory.h"
#include "operations.h"
#include "versions.h"

/* Words of a block. */
enum { WORDS = 8 };

/* What a block is filled with: its own name's hash, so that no other block looks like it. */
static uint64_t
filling_of(const char *name)
{
    uint64_t hash = 1469598103934665603u;
    while (*name) {
        hash = (hash ^ (unsigned char)*name++) * 1099511628211u;
    }
    return hash;
}

/*
 * Memory from the allocator for objects. Where the interpreter delays dropping a reference instead of freeing memory, it
 * is an object's, and goes back when the last reference to that is dropped.
 */
#if DELAYS_OBJECT_MEMORY
bool
ready_blocks(void)
{
    return true;
}

static void *
allocate_from_objects(void)
{
    return PyObject_Malloc(WORDS * sizeof(uint64_t));
}

static void
free_to_objects(void *memory)
{
    PyObject_Free(memory);
}

static uint64_t *
words_from_objects(void *memory)
{
    return memory;
}
#else
typedef struct Wrapped {
    PyObject_HEAD
    uint64_t words[WORDS];
} Wrapped;

static void
dealloc_wrapped(PyObject *self)
{
    PyObject_Free(self);
}

static PyTypeObject wrapped_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "adapter.Wrapped",
    .tp_basicsize = sizeof(Wrapped),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = dealloc_wrapped,
};

bool
ready_blocks(void)
{
    return PyType_Ready(&wrapped_type) == 0;
}

static void *
allocate_from_objects(void)
{
    Wrapped *memory = PyObject_New(Wrapped, &wrapped_type);
    PyErr_Clear();
    return memory;
}

static void
free_to_objects(void *memory)
{
    Py_DECREF((PyObject *)memory);
}

static uint64_t *
words_from_objects(void *memory)
{
    return ((Wrapped *)memory)->words;
}
#endif

static uint64_t *
words_of(const Thing *thing)
{
    return thing->from_objects ? words_from_objects(thing->at) : thing->at;
}

static Thing *
allocate(Actor *actor, const char *name, const char *domain)
{
    bool objects = domain && strcmp(domain, "objects") == 0;
    void *block = objects ? allocate_from_objects() : PyMem_Malloc(WORDS * sizeof(uint64_t));
    if (block == NULL) {
        refuse(actor, "out-of-memory", "there is no memory for the block \"%s\"", name);
        return NULL;
    }
    Thing *thing = name_thing(BLOCK, name, block);
    thing->from_objects = objects;
    thing->list = NULL;
    thing->filling = filling_of(name);
    for (int word = 0; word < WORDS; word++) {
        words_of(thing)[word] = thing->filling;
    }
    return thing;
}

static bool
retire(Actor *actor, Thing *thing)
{
    if (!thing->from_objects) {
        _PyMem_FreeDelayed(thing->at SIZE_ARGUMENT(WORDS * sizeof(uint64_t)));
        return true;
    }
#if DELAYS_OBJECT_MEMORY
    (void)actor;
    _PyObject_FreeDelayed(thing->at);
    return true;
#else
    if (state_of(actor)->interp->stoptheworld.world_stopped) {
        return refuse(actor, "unsupported", "this version asserts that no object is dropped with a delay in a pause");
    }
    retiring = thing->at;
    _PyObject_XDecRefDelayed(thing->at);
    retiring = NULL;
    return true;
#endif
}

bool
block_allocate(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    return attached(actor) && allocate(actor, json_string(args, "block"), json_string(args, "domain"));
}

/* Past all checks: whether the memory still is what the reader believes is the question. */
bool
block_read(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = thing_in(actor, args, BLOCK);
    if (thing == NULL) {
        return false;
    }
    bool intact = true;
    if (thing->list) {
        intact = items_are_intact(thing);
    }
    else {
        const volatile uint64_t *block = words_of(thing);
        for (int word = 0; word < WORDS; word++) {
            intact &= block[word] == thing->filling;
        }
    }
    text_print(facts, "\"intact\":%s", intact ? "true" : "false");
    return true;
}

bool
block_free(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = attached(actor) ? live_thing_in(actor, args, BLOCK) : NULL;
    if (thing == NULL) {
        return false;
    }
    if (thing->from_objects) {
        free_to_objects(thing->at);
    }
    else {
        PyMem_Free(thing->at);
    }
    return true;
}

bool
block_retire(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = attached(actor) ? live_thing_in(actor, args, BLOCK) : NULL;
    if (thing == NULL) {
        return false;
    }
    return retire(actor, thing);
}

bool
block_retire_many(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    if (attached(actor) == NULL) {
        return false;
    }
    for (int64_t number = 1; number <= json_integer(args, "count", 0); number++) {
        const char *name = numbered(json_string(args, "prefix"), number);
        Thing *thing = allocate(actor, name, json_string(args, "domain"));
        if (thing == NULL || !retire(actor, thing)) {
            return false;
        }
    }
    return true;
}

bool
delayed_process(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = attached(actor);
    if (state == NULL) {
        return false;
    }
    _PyMem_ProcessDelayed(state);
    return true;
}

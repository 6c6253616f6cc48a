/*
 * Lists: real ones. Their items' memory is replaced when they are resized, and retired if anybody
 * but the owner has ever looked into the list (Objects/listobject.c).
 */
#include <pthread.h>

#include "blocks.h"
#include "operations.h"

/* A list has as many items now, or as many: either change is more than its memory has room for, or too little. */
enum { FEW = 4, MANY = 40 };

static PyListObject *
list_at(const Thing *thing)
{
    return thing->at;
}

/* The memory that a list's items are in begins with its length, in front of the items. */
static void *
memory_of(PyListObject *list)
{
    PyObject **items = _Py_atomic_load_ptr_acquire(&list->ob_item);
    return (char *)items - sizeof(Py_ssize_t);
}

static pthread_mutex_t naming = PTHREAD_MUTEX_INITIALIZER;

/*
 * The memory that the list's items are in now. It gets a name when somebody first asks: the one who resized the
 * list or, in a race, a reader who came before that one could.
 */
static Thing *
name_items(Thing *list)
{
    pthread_mutex_lock(&naming);
    void *memory = memory_of(list_at(list));
    Thing *block = find_at(BLOCK, memory);
    if (block == NULL) {
        block = name_thing(BLOCK, numbered(list->name, ++list->blocks), memory);
        block->from_objects = false;
        block->list = list;
        block->filling = *(uint64_t *)block->at;
    }
    pthread_mutex_unlock(&naming);
    return block;
}

/* All items of a scenario's list are the same object, and its first ones stay when it is resized. */
bool
items_are_intact(const Thing *block)
{
    const volatile uintptr_t *memory = block->at;
    bool intact = memory[0] == block->filling;
    for (int item = 1; item <= FEW; item++) {
        intact &= memory[item] == (uintptr_t)Py_None;
    }
    return intact;
}

static PyObject *
nones(Py_ssize_t count)
{
    PyObject *list = PyList_New(count);
    for (Py_ssize_t item = 0; list && item < count; item++) {
        PyList_SET_ITEM(list, item, Py_None);
    }
    return list;
}

bool
list_create(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    const char *name = json_string(args, "list");
    if (attached(actor) == NULL) {
        return false;
    }
    PyObject *list = nones(FEW);
    if (list == NULL) {
        PyErr_Clear();
        return refuse(actor, "out-of-memory", "there is no memory for the list \"%s\"", name);
    }
    Thing *thing = name_thing(LIST, name, list);
    thing->blocks = 0;
    name_items(thing);
    return true;
}

/* Reading an item is what tells the list that somebody else looks into it. */
bool
list_read(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = attached(actor) ? live_thing_in(actor, args, LIST) : NULL;
    if (thing == NULL) {
        return false;
    }
    Py_XDECREF(PyList_GetItemRef(thing->at, 0));
    text_print(facts, "\"block\":");
    text_quote(facts, name_items(thing)->name);
    return true;
}

bool
list_resize(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = attached(actor) ? live_thing_in(actor, args, LIST) : NULL;
    if (thing == NULL) {
        return false;
    }
    PyListObject *list = list_at(thing);
    Thing *old = find_at(BLOCK, memory_of(list));
    bool grow = Py_SIZE(list) == FEW;
    PyObject *more = grow ? nones(MANY - FEW) : NULL;
    int result = grow ? PyList_SetSlice(thing->at, FEW, FEW, more) : PyList_SetSlice(thing->at, FEW, MANY, NULL);
    Py_XDECREF(more);
    if (result < 0) {
        PyErr_Clear();
        return refuse(actor, "out-of-memory", "there is no memory for the items of \"%s\"", thing->name);
    }
    Thing *block = name_items(thing);
    text_print(facts, "\"old\":");
    text_quote(facts, old ? old->name : NULL);
    text_print(facts, ",\"block\":");
    text_quote(facts, block->name);
    return true;
}

bool
list_dispose(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = attached(actor) ? live_thing_in(actor, args, LIST) : NULL;
    if (thing == NULL) {
        return false;
    }
    bury(thing);
    Py_DECREF((PyObject *)thing->at);
    return true;
}

/*
 * Slots: places that are read without a lock.
 *
 * The interpreter's containers read their items so: an attempt without the lock and, if that is
 * denied, a reference taken under the lock, which allows the next attempt (Objects/listobject.c,
 * list_get_item_ref).
 */
#include <stdlib.h>

#include "operations.h"

typedef struct Place {
    PyMutex mutex;   /* guards changes */
    PyObject *value; /* or a block: readers that only look do not mind */
} Place;

bool
slot_create(Actor *actor, const Json *args, Text *facts)
{
    (void)actor, (void)facts;
    name_thing(SLOT, json_string(args, "slot"), calloc(1, sizeof(Place)));
    return true;
}

/* Writes the name of what an address points to. */
static void
write_name(Text *facts, const char *fact, const void *at)
{
    Thing *thing = find_at(OBJECT, at);
    if (thing == NULL) {
        thing = find_at(BLOCK, at);
    }
    text_print(facts, "\"%s\":", fact);
    text_quote(facts, thing ? thing->name : NULL);
}

static bool
exchange(Actor *actor, const Json *args, void *value, Text *facts)
{
    Thing *slot = thing_in(actor, args, SLOT);
    if (slot == NULL) {
        return false;
    }
    Place *place = slot->at;
    PyMutex_Lock(&place->mutex);
    void *before = _Py_atomic_exchange_ptr(&place->value, value);
    PyMutex_Unlock(&place->mutex);
    write_name(facts, "replaced", before);
    return true;
}

bool
slot_publish(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = live_thing_in(actor, args, json_string(args, "object") ? OBJECT : BLOCK);
    return thing != NULL && exchange(actor, args, thing->at, facts);
}

bool
slot_clear(Actor *actor, const Json *args, Text *facts)
{
    return exchange(actor, args, NULL, facts);
}

bool
slot_read(Actor *actor, const Json *args, Text *facts)
{
    Thing *slot = thing_in(actor, args, SLOT);
    if (slot == NULL) {
        return false;
    }
    write_name(facts, "found", _Py_atomic_load_ptr_acquire(&((Place *)slot->at)->value));
    return true;
}

bool
slot_take(Actor *actor, const Json *args, Text *facts)
{
    Thing *slot = thing_in(actor, args, SLOT);
    if (slot == NULL || attached(actor) == NULL) {
        return false;
    }
    Place *place = slot->at;
    PyObject *taken = _Py_TryXGetRef(&place->value);
    if (taken == NULL) {
        PyMutex_Lock(&place->mutex);
        taken = _Py_XNewRefWithLock(place->value);
        PyMutex_Unlock(&place->mutex);
    }
    write_name(facts, "taken", taken);
    return true;
}

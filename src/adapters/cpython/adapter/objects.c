#include "objects.h"

#include <string.h>

#include "events.h"
#include "fatal.h"
#include "operations.h"
#include "watch.h"

/* An object of a scenario. What it is named, and what its finalizer does, stands beside it. */
typedef struct Named {
    PyObject_HEAD
    Thing *thing;
} Named;

static void
finalize(PyObject *self)
{
    Thing *thing = ((Named *)self)->thing;
    if (thing->finalizer == NULL) {
        return;
    }
    look();
    __atomic_add_fetch(&thing->finalizations, 1, __ATOMIC_RELAXED);
    if (me) {
        emit(me->occupant, "finalized", "object", thing->name, NULL);
        run_program(me->occupant, thing->finalizer);
    }
}

/*
 * As the interpreter's own types do it: the finalizer may bring the object back to life. That it runs
 * once is remembered by the collector's header of an object; a type without one remembers it itself.
 */
static void
dealloc_plain(PyObject *self)
{
    Thing *thing = ((Named *)self)->thing;
    if (thing->finalizer && thing->finalizations == 0 && PyObject_CallFinalizerFromDealloc(self) < 0) {
        return;
    }
    PyObject_Free(self);
}

static void
dealloc_collected(PyObject *self)
{
    if (((Named *)self)->thing->finalizer && PyObject_CallFinalizerFromDealloc(self) < 0) {
        return;
    }
    PyObject_GC_UnTrack(self);
    PyObject_GC_Del(self);
}

static int
traverse_nothing(PyObject *self, visitproc visit, void *argument)
{
    (void)self, (void)visit, (void)argument;
    return 0;
}

static PyTypeObject plain_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "adapter.Plain",
    .tp_basicsize = sizeof(Named),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = dealloc_plain,
    .tp_finalize = finalize,
};

static PyTypeObject collected_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "adapter.Collected",
    .tp_basicsize = sizeof(Named),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = dealloc_collected,
    .tp_traverse = traverse_nothing,
    .tp_finalize = finalize,
};

bool
ready_types(void)
{
    return PyType_Ready(&plain_type) == 0 && PyType_Ready(&collected_type) == 0;
}

static Thing *
create(Actor *actor, const char *name, bool collected)
{
    Named *self = collected ? PyObject_GC_New(Named, &collected_type) : PyObject_New(Named, &plain_type);
    if (self == NULL) {
        PyErr_Clear();
        refuse(actor, "out-of-memory", "there is no memory for the object \"%s\"", name);
        return NULL;
    }
    Thing *thing = name_thing(OBJECT, name, self);
    self->thing = thing;
    json_free(thing->finalizer);
    thing->finalizer = NULL;
    watch_object(thing);
    if (collected) {
        PyObject_GC_Track((PyObject *)self);
    }
    return thing;
}

bool
object_create(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    if (attached(actor) == NULL) {
        return false;
    }
    Thing *thing = create(actor, json_string(args, "object"), json_true(args, "collected"));
    if (thing == NULL) {
        return false;
    }
    thing->finalizer = json_copy(json_get(args, "finalizer"));
    for (int64_t more = json_integer(args, "references", 1) - 1; more > 0; more--) {
        Py_INCREF((PyObject *)thing->at);
    }
    if (json_true(args, "immortal")) {
        _Py_SetImmortal(thing->at);
    }
    return true;
}

bool
object_create_many(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    if (attached(actor) == NULL) {
        return false;
    }
    for (int64_t number = 1; number <= json_integer(args, "count", 0); number++) {
        if (create(actor, numbered(json_string(args, "prefix"), number), false) == NULL) {
            return false;
        }
    }
    return true;
}

/* The object that args name, alive, for an actor that is attached; NULL after a refusal. */
static PyObject *
object_in(Actor *actor, const Json *args)
{
    Thing *thing = attached(actor) ? live_thing_in(actor, args, OBJECT) : NULL;
    return thing ? thing->at : NULL;
}

bool
object_incref(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyObject *object = object_in(actor, args);
    if (object == NULL) {
        return false;
    }
    for (int64_t times = json_integer(args, "times", 1); times > 0; times--) {
        Py_INCREF(object);
    }
    return true;
}

/*
 * The object that a reference is to be dropped to. Of one that is gone a debug build notices that there is none;
 * a release build would count on in memory that may be somebody else's, so there the adapter refuses.
 */
static PyObject *
object_to_drop(Actor *actor, const Json *args)
{
    Thing *thing = attached(actor) ? thing_in(actor, args, OBJECT) : NULL;
#ifndef Py_REF_DEBUG
    if (thing && !thing->alive) {
        refuse(actor, "unsupported", "a release build does not notice that nobody holds the reference to \"%s\" that is "
               "dropped, and would count in memory that may be another's", thing->name);
        return NULL;
    }
#endif
    return thing ? thing->at : NULL;
}

static void
drop(void *object)
{
    Py_DECREF((PyObject *)object);
}

bool
object_decref(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    for (int64_t times = json_integer(args, "times", 1); times > 0; times--) {
        PyObject *object = object_to_drop(actor, args);
        if (object == NULL || !survive(actor, drop, object)) {
            return false;
        }
    }
    return true;
}

bool
object_decref_many(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    const char *prefix = json_string(args, "prefix");
    for (int64_t number = 1; number <= json_integer(args, "count", 0); number++) {
        Thing *thing = find_thing(OBJECT, numbered(prefix, number));
        if (attached(actor) == NULL) {
            return false;
        }
        if (thing == NULL || !thing->alive) {
            return refuse(actor, "unknown-name", "there is no object %s", numbered(prefix, number));
        }
        Py_DECREF((PyObject *)thing->at);
    }
    return true;
}

bool
object_try_incref(Actor *actor, const Json *args, Text *facts)
{
    /* Also with a pointer to an object that is gone: that such an attempt fails is what it is for. */
    Thing *thing = attached(actor) ? thing_in(actor, args, OBJECT) : NULL;
    if (thing == NULL) {
        return false;
    }
    PyObject *object = thing->at;
    text_print(facts, "\"granted\":%s", _Py_TryIncref(object) ? "true" : "false");
    return true;
}

bool
object_locked_incref(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyObject *object = object_in(actor, args);
    if (object == NULL) {
        return false;
    }
    (void)_Py_NewRefWithLock(object);
    return true;
}

bool
object_allow_try_incref(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyObject *object = object_in(actor, args);
    if (object == NULL) {
        return false;
    }
    _PyObject_SetMaybeWeakref(object);
    return true;
}

bool
object_set_count(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyObject *object = object_in(actor, args);
    if (object == NULL) {
        return false;
    }
    Py_SET_REFCNT(object, (Py_ssize_t)json_integer(args, "count", 0));
    return true;
}

bool
object_add_count(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyObject *object = object_in(actor, args);
    if (object == NULL) {
        return false;
    }
    _Py_RefcntAdd(object, (Py_ssize_t)json_integer(args, "count", 0));
    return true;
}

bool
object_make_immortal(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyObject *object = object_in(actor, args);
    if (object == NULL) {
        return false;
    }
    _Py_SetImmortal(object);
    return true;
}

bool
object_make_mortal(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyObject *object = object_in(actor, args);
    if (object == NULL) {
        return false;
    }
    _Py_SetMortal(object, (Py_ssize_t)json_integer(args, "count", 1));
    return true;
}

bool
object_is_unique(Actor *actor, const Json *args, Text *facts)
{
    PyObject *object = object_in(actor, args);
    if (object == NULL) {
        return false;
    }
    text_print(facts, "\"unique\":%s", _PyObject_IsUniquelyReferenced(object) ? "true" : "false");
    return true;
}

bool
collector_run(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    if (attached(actor) == NULL) {
        return false;
    }
    _PyGC_Collect(state_of(actor), NUM_GENERATIONS - 1, _Py_GC_REASON_MANUAL);
    return true;
}

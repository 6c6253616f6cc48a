/* Mutexes, critical sections, events, one-time initialisations, locks for readers and writers, bare parking. */
#include <stdlib.h>

#include "operations.h"

/* The parking lot's buckets: addresses with the same remainder share one (Python/parking_lot.c). */
enum { PARKING_BUCKETS = 257 };

/* Makes a zeroed word to sleep on. `beside` names another of its kind whose parking bucket it is to share. */
static Thing *
make_word(Actor *actor, const Json *args, Kind kind, const char *name, size_t size)
{
    const char *beside = json_string(args, "beside");
    Thing *other = find_thing(kind, beside);
    if (beside && other == NULL) {
        refuse(actor, "unknown-name", "there is nothing named \"%s\" to be beside", beside);
        return NULL;
    }
    char *word = calloc(PARKING_BUCKETS + 1, size);
    while (other && (uintptr_t)word % PARKING_BUCKETS != (uintptr_t)other->at % PARKING_BUCKETS) {
        word += size;
    }
    return name_thing(kind, name, word);
}

bool
mutex_create(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = make_word(actor, args, MUTEX, json_string(args, "mutex"), sizeof(PyMutex));
    if (thing == NULL) {
        return false;
    }
    thing->holder = NULL;
    return true;
}

bool
mutex_lock(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = thing_in(actor, args, MUTEX);
    if (thing == NULL) {
        return false;
    }
    _PyLockFlags flags = json_true(args, "attached") ? _Py_LOCK_DONT_DETACH : _PY_LOCK_DETACH;
    if (json_true(args, "signals")) {
        flags |= _PY_LOCK_HANDLE_SIGNALS;
    }
    actor->seat->handed_off = false;
    PyLockStatus status = _PyMutex_LockTimed(thing->at, timeout_in(args), flags);
    const char *outcome = "timed out";
    if (status == PY_LOCK_ACQUIRED) {
        outcome = actor->seat->handed_off ? "handed off" : "acquired";
        thing->holder = actor;
    }
    else if (status == PY_LOCK_INTR) {
        outcome = "interrupted";
        PyErr_Clear();
    }
    text_print(facts, "\"outcome\":\"%s\"", outcome);
    return true;
}

bool
mutex_unlock(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = thing_in(actor, args, MUTEX);
    if (thing == NULL) {
        return false;
    }
    Actor *holder = thing->holder;
    thing->holder = NULL;
    if (_PyMutex_TryUnlock(thing->at) < 0) {
        thing->holder = holder;
        return refuse(actor, "misuse", "the mutex \"%s\" is not locked", thing->name);
    }
    return true;
}

bool
section_begin(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *first = thing_in(actor, args, MUTEX);
    Thing *second = find_thing(MUTEX, json_string(args, "second"));
    if (first == NULL || attached(actor) == NULL) {
        return false;
    }
    if (json_string(args, "second") && second == NULL) {
        return refuse(actor, "unknown-name", "there is no second mutex of that name");
    }
    if (actor->section_count == MOST_SECTIONS) {
        return refuse(actor, "unsupported", "an actor is in at most %d critical sections here", MOST_SECTIONS);
    }
    int at = actor->section_count++;
    actor->double_section[at] = second != NULL;
    actor->sections[at] = calloc(1, sizeof(PyCriticalSection2));
    if (second) {
        _PyCriticalSection2_BeginMutex(actor->sections[at], first->at, second->at);
    }
    else {
        _PyCriticalSection_BeginMutex(&actor->sections[at]->_cs_base, first->at);
    }
    return true;
}

bool
section_end(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    if (attached(actor) == NULL) {
        return false;
    }
    if (actor->section_count == 0) {
        return refuse(actor, "misuse", "%s is in no critical section", actor->name);
    }
    int at = --actor->section_count;
    if (actor->double_section[at]) {
        PyCriticalSection2_End(actor->sections[at]);
    }
    else {
        PyCriticalSection_End(&actor->sections[at]->_cs_base);
    }
    free(actor->sections[at]);
    return true;
}

bool
event_create(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    return make_word(actor, args, EVENT, json_string(args, "event"), sizeof(PyEvent)) != NULL;
}

bool
event_set(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = thing_in(actor, args, EVENT);
    if (thing == NULL) {
        return false;
    }
    _PyEvent_Notify(thing->at);
    return true;
}

bool
event_wait(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = thing_in(actor, args, EVENT);
    PyTime_t timeout = timeout_in(args);
    if (thing == NULL) {
        return false;
    }
    if (timeout < 0) {
        PyEvent_Wait(thing->at);
    }
    else {
        PyEvent_WaitTimed(thing->at, timeout, 1);
    }
    text_print(facts, "\"set\":%s", _PyEvent_IsSet(thing->at) ? "true" : "false");
    return true;
}

bool
once_create(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    return make_word(actor, args, ONCE, json_string(args, "once"), sizeof(_PyOnceFlag)) != NULL;
}

typedef struct Initialisation {
    Actor *actor;
    const Json *args;
    bool ran;
} Initialisation;

static int
initialise(void *argument)
{
    Initialisation *initialisation = argument;
    initialisation->ran = true;
    run_program(initialisation->actor, json_get(initialisation->args, "during"));
    return json_true(initialisation->args, "fails") ? -1 : 0;
}

bool
once_run(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = thing_in(actor, args, ONCE);
    if (thing == NULL) {
        return false;
    }
    Initialisation initialisation = {actor, args, false};
    int result = _PyOnceFlag_CallOnce(thing->at, initialise, &initialisation);
    text_print(facts, "\"ran\":%s,\"done\":%s", initialisation.ran ? "true" : "false", result == 0 ? "true" : "false");
    return true;
}

bool
rwlock_create(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    return make_word(actor, args, RWLOCK, json_string(args, "rwlock"), sizeof(_PyRWMutex)) != NULL;
}

static bool
for_writing(const Json *args)
{
    const char *mode = json_string(args, "mode");
    return mode && mode[0] == 'w';
}

bool
rwlock_lock(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = thing_in(actor, args, RWLOCK);
    if (thing == NULL) {
        return false;
    }
    if (for_writing(args)) {
        _PyRWMutex_Lock(thing->at);
    }
    else {
        _PyRWMutex_RLock(thing->at);
    }
    return true;
}

/* CPython only asserts that the lock is held, so that is looked at here: the lowest bit is a writer's, the upper ones count readers. */
bool
rwlock_unlock(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = thing_in(actor, args, RWLOCK);
    if (thing == NULL) {
        return false;
    }
    _PyRWMutex *lock = thing->at;
    bool held = for_writing(args) ? (lock->bits & 1) != 0 : lock->bits >> 2 != 0;
    if (!held) {
        return refuse(actor, "misuse", "the lock \"%s\" is not held so", thing->name);
    }
    if (for_writing(args)) {
        _PyRWMutex_Unlock(lock);
    }
    else {
        _PyRWMutex_RUnlock(lock);
    }
    return true;
}

bool
cell_create(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = make_word(actor, args, CELL, json_string(args, "cell"), sizeof(int32_t));
    if (thing == NULL) {
        return false;
    }
    *(int32_t *)thing->at = (int32_t)json_integer(args, "value", 0);
    return true;
}

bool
cell_store(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Thing *thing = thing_in(actor, args, CELL);
    if (thing == NULL) {
        return false;
    }
    _Py_atomic_store_int32(thing->at, (int32_t)json_integer(args, "value", 0));
    return true;
}

bool
cell_park(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = thing_in(actor, args, CELL);
    if (thing == NULL) {
        return false;
    }
    int32_t expected = (int32_t)json_integer(args, "expected", 0);
    int result = _PyParkingLot_Park(thing->at, &expected, sizeof(expected), timeout_in(args), actor, 1);
    const char *outcome = result == Py_PARK_OK ? "woken"
        : result == Py_PARK_AGAIN              ? "changed"
        : result == Py_PARK_TIMEOUT            ? "timed out"
                                               : "interrupted";
    text_print(facts, "\"outcome\":\"%s\"", outcome);
    return true;
}

typedef struct Unparked {
    const Actor *woken;
    bool more;
} Unparked;

static void
note_unparked(void *argument, void *parked, int more)
{
    Unparked *unparked = argument;
    unparked->woken = parked;
    unparked->more = more;
}

bool
cell_unpark(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = thing_in(actor, args, CELL);
    if (thing == NULL) {
        return false;
    }
    Unparked unparked = {0};
    _PyParkingLot_Unpark(thing->at, note_unparked, &unparked);
    text_print(facts, "\"woken\":");
    text_quote(facts, unparked.woken ? unparked.woken->name : NULL);
    text_print(facts, ",\"more\":%s", unparked.more ? "true" : "false");
    return true;
}

/* The call does not say how many it has woken, but each of them is woken by a post of this thread. */
bool
cell_unpark_all(Actor *actor, const Json *args, Text *facts)
{
    Thing *thing = thing_in(actor, args, CELL);
    if (thing == NULL) {
        return false;
    }
    int before = actor->seat->posts;
    _PyParkingLot_UnparkAll(thing->at);
    text_print(facts, "\"woken\":%d", actor->seat->posts - before);
    return true;
}

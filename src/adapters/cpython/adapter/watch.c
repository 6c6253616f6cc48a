#include "watch.h"

#include "events.h"
#include "queues.h"
#include "turns.h"

enum { MOST_INTERPRETERS = 16, MOST_THREADS = 512 };

/* What an interpreter looked like. */
typedef struct Seen {
    PyInterpreterState *interp;
    bool requested, stopped;
    uint64_t write_sequence;
    struct _qsbr_pad *table;
} Seen;

static Seen interpreters[MOST_INTERPRETERS];
static int interpreter_count;
static bool all_requested, all_stopped;

/* Thread states that were suspended when last seen. */
static const PyThreadState *suspended[MOST_THREADS];
static int suspended_count;

static Py_ssize_t
flags_of(const PyObject *object)
{
    return _Py_atomic_load_ssize_relaxed(&object->ob_ref_shared) & _Py_REF_SHARED_FLAG_MASK;
}

void
watch_object(Thing *thing)
{
    thing->seen_flags = flags_of(thing->at);
    thing->seen_immortal = _Py_IsImmortal(thing->at);
}

void
watch_interpreter(PyInterpreterState *interp)
{
    if (interpreter_count < MOST_INTERPRETERS) {
        interpreters[interpreter_count++] = (Seen){
            interp, interp->stoptheworld.requested, interp->stoptheworld.world_stopped,
            interp->qsbr.wr_seq, interp->qsbr.array,
        };
    }
}

void
stop_watching(const void *memory)
{
    for (int index = 0; index < interpreter_count; index++) {
        if (interpreters[index].interp == memory) {
            interpreters[index] = interpreters[--interpreter_count];
        }
    }
    for (int index = 0; index < suspended_count; index++) {
        if ((const void *)suspended[index] == memory) {
            suspended[index] = suspended[--suspended_count];
        }
    }
}

void
look_at_object(Thing *thing)
{
    PyObject *object = thing->at;
    Py_ssize_t flags = flags_of(object);
    bool immortal = _Py_IsImmortal(object);
    if (flags != thing->seen_flags && flags == _Py_REF_MERGED) {
        emit(me ? me->occupant : NULL, "merged", "object", thing->name, NULL);
    }
    if (immortal && !thing->seen_immortal) {
        emit(me ? me->occupant : NULL, "immortalized", "object", thing->name, NULL);
    }
    thing->seen_flags = flags;
    thing->seen_immortal = immortal;
}

static void
look_at_pause(const struct _stoptheworld_state *pause, bool *requested, bool *stopped, const char *scope)
{
    const Actor *actor = me->occupant;
    if (pause->requested && !*requested) {
        emit(actor, "stopping", "scope", scope, NULL);
    }
    if (pause->world_stopped && !*stopped) {
        emit(actor, "stopped", "scope", scope, NULL);
    }
    if (!pause->world_stopped && *stopped) {
        emit(actor, "started", "scope", scope, NULL);
    }
    *requested = pause->requested;
    *stopped = pause->world_stopped;
}

static void
look_at_thread(const PyThreadState *state)
{
    bool is_suspended = state->state == _Py_THREAD_SUSPENDED;
    int at = 0;
    while (at < suspended_count && suspended[at] != state) {
        at++;
    }
    if (is_suspended && at == suspended_count && suspended_count < MOST_THREADS) {
        const Actor *thread = actor_with_state(state);
        suspended[suspended_count++] = state;
        emit(me->occupant, "suspended", "thread", thread ? thread->name : NULL, NULL);
    }
    if (!is_suspended && at < suspended_count) {
        suspended[at] = suspended[--suspended_count];
    }
}

static void
look_at_interpreter(Seen *seen)
{
    const PyInterpreterState *interp = seen->interp;
    look_at_pause(&interp->stoptheworld, &seen->requested, &seen->stopped, "interpreter");
    if (interp->qsbr.wr_seq != seen->write_sequence) {
        seen->write_sequence = interp->qsbr.wr_seq;
        emit(me->occupant, "advanced", NULL);
    }
    if (interp->qsbr.array != seen->table) {
        if (seen->table && interp->qsbr.array) {
            emit(me->occupant, "grown", NULL);
        }
        seen->table = interp->qsbr.array;
    }
    for (const PyThreadState *state = interp->threads.head; state; state = state->next) {
        look_at_thread(state);
    }
}

void
look(void)
{
    if (me == NULL || running_free) {
        return;
    }
    look_at_pause(&_PyRuntime.stoptheworld, &all_requested, &all_stopped, "all");
    for (int index = 0; index < interpreter_count; index++) {
        look_at_interpreter(&interpreters[index]);
    }
    for (Thing *thing = first_object(); thing; thing = thing->next_object) {
        look_at_object(thing);
    }
}

/* The interpreter's calls. `__real_` names are its own functions, `__wrap_` names stand in front of them. */

void __real__PyEval_StopTheWorld(PyInterpreterState *interp);
void __real__PyEval_StartTheWorld(PyInterpreterState *interp);
void __real__PyEval_StopTheWorldAll(_PyRuntimeState *runtime);
void __real__PyEval_StartTheWorldAll(_PyRuntimeState *runtime);
void __real__Py_brc_queue_object(PyObject *object);
void __real__Py_brc_merge_refcounts(PyThreadState *state);
void __real__Py_brc_init_thread(PyThreadState *state);
void __real__Py_brc_remove_thread(PyThreadState *state);
Py_ssize_t __real__Py_ExplicitMergeRefcount(PyObject *object, Py_ssize_t extra);
bool __real__Py_qsbr_poll(struct _qsbr_thread_state *slot, uint64_t goal);
int __real__PyParkingLot_Park(const void *at, const void *expected, size_t size, PyTime_t timeout,
                              void *argument, int detach);
void __real__PyParkingLot_Unpark(const void *at, _Py_unpark_fn_t *choose, void *argument);
void __real__PyMem_AbandonDelayed(PyThreadState *state);

void __wrap__PyEval_StopTheWorld(PyInterpreterState *interp);
void __wrap__PyEval_StartTheWorld(PyInterpreterState *interp);
void __wrap__PyEval_StopTheWorldAll(_PyRuntimeState *runtime);
void __wrap__PyEval_StartTheWorldAll(_PyRuntimeState *runtime);
void __wrap__Py_brc_queue_object(PyObject *object);
void __wrap__Py_brc_merge_refcounts(PyThreadState *state);
void __wrap__Py_brc_init_thread(PyThreadState *state);
void __wrap__Py_brc_remove_thread(PyThreadState *state);
Py_ssize_t __wrap__Py_ExplicitMergeRefcount(PyObject *object, Py_ssize_t extra);
bool __wrap__Py_qsbr_poll(struct _qsbr_thread_state *slot, uint64_t goal);
int __wrap__PyParkingLot_Park(const void *at, const void *expected, size_t size, PyTime_t timeout,
                              void *argument, int detach);
void __wrap__PyParkingLot_Unpark(const void *at, _Py_unpark_fn_t *choose, void *argument);
void __wrap__PyMem_AbandonDelayed(PyThreadState *state);

void
__wrap__PyEval_StopTheWorld(PyInterpreterState *interp)
{
    look();
    __real__PyEval_StopTheWorld(interp);
    look();
}

void
__wrap__PyEval_StartTheWorld(PyInterpreterState *interp)
{
    look();
    __real__PyEval_StartTheWorld(interp);
    look();
}

void
__wrap__PyEval_StopTheWorldAll(_PyRuntimeState *runtime)
{
    look();
    __real__PyEval_StopTheWorldAll(runtime);
    look();
}

void
__wrap__PyEval_StartTheWorldAll(_PyRuntimeState *runtime)
{
    look();
    __real__PyEval_StartTheWorldAll(runtime);
    look();
}

/*
 * The object's word says QUEUED already. Whether it really came into a queue is seen by looking
 * into the queues: its owner may be gone, or there may be no memory. It is looked for afterwards,
 * if it was in no queue before; nobody else runs in between.
 */
void
__wrap__Py_brc_queue_object(PyObject *object)
{
    Thing *thing = me && !running_free ? find_at(OBJECT, object) : NULL;
    look();
    __real__Py_brc_queue_object(object);
    if (thing && thing->alive) {
        const PyThreadState *owner = queue_holding(object);
        const Actor *actor = owner ? actor_with_state(owner) : NULL;
        if (owner) {
            emit(me->occupant, "queued", "object", thing->name, "thread", actor ? actor->name : NULL, NULL);
        }
    }
}

static const char *
name_of(const PyThreadState *state)
{
    const Actor *actor = actor_with_state(state);
    return actor ? actor->name : me && me->occupant ? me->occupant->name : NULL;
}

void
__wrap__Py_brc_merge_refcounts(PyThreadState *state)
{
    look();
    emit(me ? me->occupant : NULL, "drained", "thread", name_of(state), NULL);
    if (me) {
        me->occupant->met |= _PY_EVAL_EXPLICIT_MERGE_BIT;
    }
    __real__Py_brc_merge_refcounts(state);
    look();
}

void
__wrap__Py_brc_init_thread(PyThreadState *state)
{
    look();
    __real__Py_brc_init_thread(state);
    emit(me ? me->occupant : NULL, "registered", "thread", name_of(state), NULL);
}

void
__wrap__Py_brc_remove_thread(PyThreadState *state)
{
    bool registered = private_of(state)->brc.tid != 0;
    look();
    __real__Py_brc_remove_thread(state);
    look();
    if (registered) {
        emit(me ? me->occupant : NULL, "unregistered", "thread", name_of(state), NULL);
    }
}

Py_ssize_t
__wrap__Py_ExplicitMergeRefcount(PyObject *object, Py_ssize_t extra)
{
    Py_ssize_t count = __real__Py_ExplicitMergeRefcount(object, extra);
    look();
    return count;
}

/* A goal that the read sequence has not reached makes the poll look at every thread. */
bool
__wrap__Py_qsbr_poll(struct _qsbr_thread_state *slot, uint64_t goal)
{
    bool scans = !_Py_qbsr_goal_reached(slot, goal);
    look();
    bool reached = __real__Py_qsbr_poll(slot, goal);
    if (scans) {
        emit(me ? me->occupant : NULL, "scanned", NULL);
    }
    return reached;
}

int
__wrap__PyParkingLot_Park(const void *at, const void *expected, size_t size, PyTime_t timeout,
                          void *argument, int detach)
{
    if (me == NULL) {
        return __real__PyParkingLot_Park(at, expected, size, timeout, argument, detach);
    }
    /* Who parks detached may be parked once more within this call, to be attached again. */
    const void *outer = me->parked_at;
    me->parked_at = at;
    if (outer == NULL) {
        me->handed_off = false;
    }
    int result = __real__PyParkingLot_Park(at, expected, size, timeout, argument, detach);
    me->parked_at = outer;
    return result;
}

/* How the interpreter's own choice is watched: what it does to the word says whether the lock was handed over. */
typedef struct Choice {
    const void *at;
    _Py_unpark_fn_t *choose;
    void *argument;
    Seat *first;
} Choice;

static void
choose_and_see(void *argument, void *park_argument, int more)
{
    Choice *choice = argument;
    choice->choose(choice->argument, park_argument, more);
    bool is_mutex = choice->argument == choice->at;
    uint8_t bits = _Py_atomic_load_uint8(choice->at);
    if (is_mutex && choice->first && park_argument && (bits & _Py_LOCKED)) {
        choice->first->handed_off = true;
    }
}

/* Who has slept longest on an address is who is dequeued. */
static Seat *
longest_parked(const void *at)
{
    Seat *longest = NULL;
    for (int index = 0; index < actor_count; index++) {
        Seat *seat = actors[index].seat;
        if (seat && seat->semaphore && seat->parked_at == at && seat->waking == SLEEPING
            && (longest == NULL || seat->since < longest->since)) {
            longest = seat;
        }
    }
    return longest;
}

void
__wrap__PyParkingLot_Unpark(const void *at, _Py_unpark_fn_t *choose, void *argument)
{
    if (me == NULL || running_free) {
        __real__PyParkingLot_Unpark(at, choose, argument);
        return;
    }
    Choice choice = {at, choose, argument, longest_parked(at)};
    __real__PyParkingLot_Unpark(at, choose_and_see, &choice);
}

void
__wrap__PyMem_AbandonDelayed(PyThreadState *state)
{
    const struct llist_node *queue = &state->interp->mem_free_queue.head;
    const struct llist_node *last = queue->prev;
    look();
    __real__PyMem_AbandonDelayed(state);
    if (queue->prev != last && queue->prev != queue) {
        emit(me ? me->occupant : NULL, "abandoned", NULL);
    }
}

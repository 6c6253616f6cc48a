/* Quiescent states: the interpreter's clock of retirements. */
#include "operations.h"
#include "versions.h"

/* The slot from which the actor reports; NULL after a refusal. CPython only asserts that the caller is attached. */
static struct _qsbr_thread_state *
slot_of(Actor *actor)
{
    PyThreadState *state = attached(actor);
    return state ? private_of(state)->qsbr : NULL;
}

bool
qsbr_quiescent(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    struct _qsbr_thread_state *slot = slot_of(actor);
    if (slot == NULL) {
        return false;
    }
    _Py_qsbr_quiescent_state(slot);
    return true;
}

bool
qsbr_advance(Actor *actor, const Json *args, Text *facts)
{
    (void)args;
    struct _qsbr_thread_state *slot = slot_of(actor);
    if (slot == NULL) {
        return false;
    }
    text_print(facts, "\"goal\":\"%llu\"", (unsigned long long)_Py_qsbr_advance(slot->shared));
    return true;
}

bool
qsbr_defer(Actor *actor, const Json *args, Text *facts)
{
    (void)args;
#if DEFERS_BY_CALLS
    struct _qsbr_thread_state *slot = slot_of(actor);
    if (slot == NULL) {
        return false;
    }
    uint64_t before = _Py_qsbr_shared_current(slot->shared);
    uint64_t goal = _Py_qsbr_deferred_advance(slot);
    bool advanced = _Py_qsbr_shared_current(slot->shared) != before;
    text_print(facts, "\"goal\":\"%llu\",\"advanced\":%s", (unsigned long long)goal, advanced ? "true" : "false");
    return true;
#else
    (void)facts;
    return refuse(actor, "unsupported", "this version has no deferred advance by itself: delayed free decides when to advance");
#endif
}

bool
qsbr_poll(Actor *actor, const Json *args, Text *facts)
{
    struct _qsbr_thread_state *slot = slot_of(actor);
    if (slot == NULL) {
        return false;
    }
    bool reached = _Py_qsbr_poll(slot, json_unsigned(args, "goal"));
    text_print(facts, "\"reached\":%s", reached ? "true" : "false");
    return true;
}

bool
qsbr_reached(Actor *actor, const Json *args, Text *facts)
{
    struct _qsbr_thread_state *slot = slot_of(actor);
    if (slot == NULL) {
        return false;
    }
    bool reached = _Py_qbsr_goal_reached(slot, json_unsigned(args, "goal"));
    text_print(facts, "\"reached\":%s", reached ? "true" : "false");
    return true;
}

bool
qsbr_begin_at(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    struct _qsbr_thread_state *slot = slot_of(actor);
    if (slot == NULL) {
        return false;
    }
    uint64_t sequence = json_unsigned(args, "sequence");
    _Py_atomic_store_uint64(&slot->shared->wr_seq, sequence);
    _Py_atomic_store_uint64(&slot->shared->rd_seq, sequence);
    _Py_qsbr_quiescent_state(slot);
    return true;
}

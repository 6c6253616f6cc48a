/* A thread's life: states that are made, bound, attached, detached, cleared and deleted. */
#include "operations.h"
#include "watch.h"

bool
thread_enter(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyInterpreterState *interp = interpreter_in(actor, args);
    if (interp == NULL) {
        return false;
    }
    if (is_attached(actor)) {
        return refuse(actor, "misuse", "%s is attached already", actor->name);
    }
    if (actor->state_count == MOST_STATES) {
        return refuse(actor, "unsupported", "an actor has at most %d thread states here", MOST_STATES);
    }
    PyThreadState *state = PyThreadState_New(interp);
    if (state == NULL) {
        return refuse(actor, "out-of-memory", "there is no memory for a thread state");
    }
    push_state(actor, state);
    look();
    PyEval_AcquireThread(state);
    return true;
}

bool
thread_create(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Actor *other = find_actor(json_string(args, "thread"));
    PyInterpreterState *interp = interpreter_in(actor, args);
    if (other == NULL) {
        return refuse(actor, "unknown-name", "there is no such actor");
    }
    if (interp == NULL) {
        return false;
    }
    PyThreadState *state = _PyThreadState_New(interp, _PyThreadState_WHENCE_THREADING);
    if (state == NULL) {
        return refuse(actor, "out-of-memory", "there is no memory for a thread state");
    }
    push_state(other, state);
    return true;
}

/* The actor's thread state, whatever it does; NULL after a refusal. */
static PyThreadState *
state_needed(Actor *actor)
{
    PyThreadState *state = state_of(actor);
    if (state == NULL) {
        refuse(actor, "misuse", "%s has no thread state", actor->name);
    }
    return state;
}

bool
thread_bind(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = state_needed(actor);
    if (state == NULL) {
        return false;
    }
    if (state->_status.bound) {
        return refuse(actor, "misuse", "the thread state of %s is bound already", actor->name);
    }
    _PyThreadState_Bind(state);
    return true;
}

/* CPython ends the process if a thread attaches that is attached, or whose state is not bound: its contract. */
bool
thread_attach(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = state_needed(actor);
    if (state == NULL) {
        return false;
    }
    if (is_attached(actor)) {
        return refuse(actor, "misuse", "%s is attached already", actor->name);
    }
    if (!state->_status.bound) {
        return refuse(actor, "misuse", "the thread state of %s is not bound", actor->name);
    }
    PyEval_AcquireThread(state);
    return true;
}

bool
thread_detach(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = attached(actor);
    if (state == NULL) {
        return false;
    }
    PyEval_ReleaseThread(state);
    return true;
}

bool
thread_clear(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = attached(actor);
    if (state == NULL) {
        return false;
    }
    if (state->_status.cleared) {
        return refuse(actor, "misuse", "the thread state of %s is cleared already", actor->name);
    }
    PyThreadState_Clear(state);
    return true;
}

bool
thread_delete(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = state_needed(actor);
    if (state == NULL) {
        return false;
    }
    if (!state->_status.cleared) {
        return refuse(actor, "misuse", "the thread state of %s has not been cleared", actor->name);
    }
    if (!outside_own_pause(actor)) {
        return false;
    }
    if (is_attached(actor)) {
        PyThreadState_DeleteCurrent();
    }
    else {
        PyThreadState_Delete(state);
    }
    stop_watching(state);
    forget_state(state);
    return true;
}

bool
thread_exit(Actor *actor, const Json *args, Text *facts)
{
    return outside_own_pause(actor) && thread_clear(actor, args, facts) && thread_delete(actor, args, facts);
}

/*
 * The interpreter itself does not delete a state that was never started: it clears it, and then lets it be. So a debug
 * build asserts that what is deleted was bound (unbind_tstate in Python/pystate.c). After the clearing nothing else reads
 * these marks. Later versions ask for them first, and assert nothing.
 */
static void
mark_as_bound(PyThreadState *state)
{
#ifdef Py_DEBUG
    state->_status.bound = 1;
    state->thread_id = state->native_thread_id = 1;
#else
    (void)state;
#endif
}

bool
thread_discard(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Actor *other = find_actor(json_string(args, "thread"));
    PyThreadState *state = other ? state_of(other) : NULL;
    if (attached(actor) == NULL) {
        return false;
    }
    if (state == NULL) {
        return refuse(actor, "unknown-name", "there is no thread state of that name");
    }
    if (state->_status.bound) {
        return refuse(actor, "misuse", "%s has been started", other->name);
    }
    PyThreadState_Clear(state);
    mark_as_bound(state);
    PyThreadState_Delete(state);
    stop_watching(state);
    forget_state(state);
    return true;
}

bool
thread_view(Actor *actor, const Json *args, Text *facts)
{
    (void)args;
    PyThreadState *state = attached(actor);
    if (state == NULL) {
        return false;
    }
    _PyThreadStateImpl *private = private_of(state);
    text_print(facts, "\"public\":\"record at %p\",\"private\":\"record at %p\",\"back\":\"record at %p\"",
               (void *)state, (void *)private, (void *)&private->base);
    return true;
}

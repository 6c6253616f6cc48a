/*
 * Requests: what threads ask of each other, and the safe point that serves them.
 *
 * Signals and pending calls are real ones: what is asked for arrives by the interpreter's own way,
 * and the handler is a function that the interpreter calls. CPython delivers signals to one thread
 * of the process, its main thread. Which thread that is, is nothing that a scenario is about, so
 * the adapter makes the thread the main one that is asked to serve a signal.
 */
#include "requests.h"

#include <signal.h>
#include <string.h>

#include "events.h"
#include "turns.h"
#include "watch.h"

enum { STOP, SIGNALS, PENDING_CALLS, MERGE, COLLECT, COLD_CODE, DROP_LOCK, EXCEPTION };

const char *const request_names[REQUESTS] = {
    "stop", "signals", "pending calls", "merge", "collect", "cold code", "drop lock", "exception",
};

const uintptr_t request_bits[REQUESTS] = {
    _PY_EVAL_PLEASE_STOP_BIT, _PY_SIGNALS_PENDING_BIT,          _PY_CALLS_TO_DO_BIT,
    _PY_EVAL_EXPLICIT_MERGE_BIT, _PY_GC_SCHEDULED_BIT,          _PY_EVAL_JIT_INVALIDATE_COLD_BIT,
    _PY_GIL_DROP_REQUEST_BIT, _PY_ASYNC_EXCEPTION_BIT,
};

/* The signal that stands for all. */
enum { THE_SIGNAL = SIGUSR1 };

static PyObject *
on_signal(PyObject *self, PyObject *args)
{
    (void)self, (void)args;
    if (me) {
        me->occupant->met |= _PY_SIGNALS_PENDING_BIT;
    }
    if (me && !run_handler(me->occupant, SIGNALS)) {
        PyErr_SetString(PyExc_RuntimeError, "the handler of signals fails");
        return NULL;
    }
    Py_RETURN_NONE;
}

static int
on_pending_call(void *argument)
{
    (void)argument;
    if (me) {
        me->occupant->met |= _PY_CALLS_TO_DO_BIT;
    }
    if (me && !run_handler(me->occupant, PENDING_CALLS)) {
        PyErr_SetString(PyExc_RuntimeError, "the handler of pending calls fails");
        return -1;
    }
    return 0;
}

bool
install_signal_handler(void)
{
    static PyMethodDef handler = {"on_signal", on_signal, METH_VARARGS, NULL};
    PyObject *module = PyImport_ImportModule("_signal");
    PyObject *function = PyCFunction_New(&handler, NULL);
    PyObject *before = module && function
        ? PyObject_CallMethod(module, "signal", "iO", THE_SIGNAL, function) : NULL;
    Py_XDECREF(module);
    Py_XDECREF(function);
    Py_XDECREF(before);
    return before != NULL;
}

/* What a signal does to the process's main thread when it arrives: here, to this one. */
static void
trip_signal(PyThreadState *state)
{
    const Actor *actor = actor_with_state(state);
    _PyRuntime.main_tstate = state;
    if (actor && actor->seat) {
        /* Before the signal is there: in a race its thread may be about to look. */
        _PyRuntime.main_thread = (unsigned long)actor->seat->thread;
    }
    PyErr_SetInterruptEx(THE_SIGNAL);
}

static void
become_main_thread(void)
{
    _PyRuntime.main_thread = PyThread_get_thread_ident();
}

static int
request_in(const Json *args)
{
    const char *name = json_string(args, "request");
    for (int request = 0; name && request < REQUESTS; request++) {
        if (strcmp(request_names[request], name) == 0) {
            return request;
        }
    }
    return -1;
}

bool
thread_request(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Actor *other = find_actor(json_string(args, "thread"));
    PyThreadState *state = other ? state_of(other) : NULL;
    int request = request_in(args);
    if (state == NULL || request < 0) {
        return refuse(actor, "unknown-name", "there is no such thread state or request");
    }
    if (request == SIGNALS) {
        trip_signal(state);
        return true;
    }
    if (request == PENDING_CALLS) {
        /* Every thread of the interpreter is told of a pending call; the scenario means this one. */
        PyThreadState *others[MOST_ACTORS];
        int count = 0;
        for (PyThreadState *one = state->interp->threads.head; one && count < MOST_ACTORS; one = one->next) {
            if (one != state && (one->eval_breaker & _PY_CALLS_TO_DO_BIT) == 0) {
                others[count++] = one;
            }
        }
        _PyEval_AddPendingCall(state->interp, on_pending_call, NULL, 0);
        while (count > 0) {
            _Py_unset_eval_breaker_bit(others[--count], _PY_CALLS_TO_DO_BIT);
        }
        return true;
    }
    if (request == EXCEPTION) {
        PyObject *before = _Py_atomic_exchange_ptr(&state->async_exc, Py_NewRef(PyExc_RuntimeError));
        Py_XDECREF(before);
    }
    _Py_set_eval_breaker_bit(state, request_bits[request]);
    return true;
}

bool
thread_handle(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    int request = request_in(args);
    if (request != SIGNALS && request != PENDING_CALLS && request != EXCEPTION) {
        return refuse(actor, "unsupported", "CPython runs no program when it serves that request");
    }
    json_free(actor->handlers[request].program);
    actor->handlers[request].program = json_copy(json_get(args, "program"));
    actor->handlers[request].fails = json_true(args, "fails");
    return true;
}

/*
 * A safe point of the evaluation loop (Python/ceval_macros.h, CHECK_PERIODIC): first the quiescent
 * state, then the events, if there are any. The handler takes one look at them and serves what it
 * saw in its fixed order, until one fails.
 */
bool
thread_safe_point(Actor *actor, const Json *args, Text *facts)
{
    (void)args;
    PyThreadState *state = attached(actor);
    if (state == NULL) {
        return false;
    }
    _Py_qsbr_quiescent_state(private_of(state)->qsbr);
    uintptr_t seen = _Py_atomic_load_uintptr_relaxed(&state->eval_breaker) & _PY_EVAL_EVENTS_MASK;
    int result = 0;
    actor->failed = -1;
    actor->met = 0;
    if (seen & _PY_SIGNALS_PENDING_BIT) {
        become_main_thread();
    }
    if (seen) {
        result = _Py_HandlePending(state);
    }
    if (result < 0) {
        PyErr_Clear();
        if (actor->failed < 0 && (seen & _PY_ASYNC_EXCEPTION_BIT)) {
            /* The exception has been raised: that was the service. What the program does about it is its own. */
            run_handler(actor, EXCEPTION);
        }
    }
    look();
    /* In a race a request may have come between our look and the interpreter's own, which is the one that counts. */
    seen |= actor->met;
    text_print(facts, "\"served\":[");
    const char *comma = "";
    for (int request = 0; request < REQUESTS; request++) {
        if (seen & request_bits[request]) {
            text_print(facts, "%s\"%s\"", comma, request_names[request]);
            emit(actor, "served", "request", request_names[request], NULL);
            comma = ",";
        }
        if (request == actor->failed) {
            break;
        }
    }
    text_print(facts, "],\"failed\":");
    text_quote(facts, actor->failed < 0 ? NULL : request_names[actor->failed]);
    return true;
}

/* An interrupt is a signal that arrives at a thread that sleeps: it is noted, and the sleep ends with EINTR. */
bool
thread_interrupt(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Actor *other = find_actor(json_string(args, "thread"));
    if (other == NULL || other->seat == NULL) {
        return refuse(actor, "unknown-name", "there is no such actor in this process");
    }
    if (!running_free && !is_asleep(other)) {
        return refuse(actor, "misuse", "%s is not parked", other->name);
    }
    if (state_of(other)) {
        trip_signal(state_of(other));
    }
    _PyRuntime.main_thread = (unsigned long)other->seat->thread;
    if (running_free) {
        interrupt_in_race(other->seat);
    }
    else {
        wake(other->seat, INTERRUPTED);
    }
    return true;
}

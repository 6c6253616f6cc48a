#include "inspect.h"

#include <string.h>

#include "events.h"
#include "modules.h"
#include "programs.h"
#include "turns.h"

typedef enum { COPIES, COPY, VALUE, CONSTANTS, FRAME, SORTS } Sort;

/* What a query is about, and the member of it that is a path. */
static const struct {
    const char *of, *path;
} sorts[SORTS] = {
    [COPIES] = {"copies", "code"},
    [COPY] = {"copy", "code"},
    [VALUE] = {"value", "value"},
    [CONSTANTS] = {"constants", "code"},
    [FRAME] = {"frame", "generator"},
};

typedef struct Inspection {
    const Json *query;
    Sort sort;
    PyInterpreterState *interp;
    Text *text;
    const char *error;
} Inspection;

static int
sort_of(const char *of)
{
    int sort = 0;
    while (sort < SORTS && strcmp(sorts[sort].of, of) != 0) {
        sort++;
    }
    return sort;
}

bool
is_about_program(const char *of)
{
    return sort_of(of) < SORTS;
}

static void
write_constants(const PyCodeObject *code, Text *text)
{
    text_print(text, "{\"of\":\"constants\",\"constants\":[");
    for (Py_ssize_t at = 0; at < PyTuple_GET_SIZE(code->co_consts); at++) {
        text_print(text, at ? "," : "");
        write_value(PyTuple_GET_ITEM(code->co_consts, at), 0, text);
    }
    text_print(text, "]}");
}

static const char *
write_code(Inspection *inspection, PyCodeObject *code)
{
    if (inspection->sort == COPIES) {
        write_copies(code, inspection->interp, inspection->text);
    }
    else if (inspection->sort == CONSTANTS) {
        write_constants(code, inspection->text);
    }
    else {
        const Actor *actor = find_actor(json_string(inspection->query, "thread"));
        const PyThreadState *thread = actor ? state_of(actor) : NULL;
        if (actor == NULL) {
            return "there is no such actor";
        }
        write_copy(code, thread && thread->interp == inspection->interp ? thread : NULL, inspection->text);
    }
    return NULL;
}

static const char *
write_found(Inspection *inspection, PyObject *found)
{
    PyCodeObject *code = code_of(found);
    if (inspection->sort == VALUE) {
        text_print(inspection->text, "{\"of\":\"value\",");
        Text value = {0};
        write_value(found, 1, &value);
        text_print(inspection->text, "%s", text_of(&value) + 1);
        text_free(&value);
        return NULL;
    }
    if (inspection->sort == FRAME) {
        if (!PyGen_Check(found)) {
            return "that is no generator";
        }
        write_frame(found, inspection->text);
        return NULL;
    }
    return code ? write_code(inspection, code) : "that is no function and no code object";
}

/* On a thread that is attached. Looking is no part of the scenario: nothing is noted, and no memory refused. */
static void
inspect(void *argument)
{
    Inspection *inspection = argument;
    const char *path = json_string(inspection->query, sorts[inspection->sort].path);
    PyObject *before = PyErr_GetRaisedException();
    quiet++;
    PyObject *module = find_module(inspection->interp, json_string(inspection->query, "module"));
    PyObject *found = module && path ? path_in(module, path) : NULL;
    inspection->error = found ? write_found(inspection, found) : "there is nothing of that name in the module";
    Py_XDECREF(found);
    PyErr_Clear();
    quiet--;
    PyErr_SetRaisedException(before);
}

/* The same on a thread that is detached, and is so again afterwards. */
static void
attach_and_inspect(void *argument)
{
    Inspection *inspection = argument;
    const Actor *actor = me->occupant;
    quiet++;
    PyEval_AcquireThread(state_of(actor));
    inspect(inspection);
    PyEval_ReleaseThread(state_of(actor));
    quiet--;
}

/* Somebody at rest in the interpreter who is attached, or who is detached and can attach without waiting; NULL without one. */
static Actor *
someone_at_rest(const PyInterpreterState *interp, int state_wanted)
{
    for (int index = 0; index < actor_count; index++) {
        Actor *actor = &actors[index];
        const PyThreadState *state = state_of(actor);
        if (state == NULL || state->interp != interp || state->state != state_wanted || !state->_status.bound
            || actor->seat == NULL || actor->seat->job || actor->seat->occupant != actor) {
            continue;
        }
        if (state_wanted == _Py_THREAD_ATTACHED || state->critical_section == 0) {
            return actor;
        }
    }
    return NULL;
}

/* Nobody is at rest there: a thread state for the moment, which leaves the same index and slot that it found. */
static void
inspect_as_nobody(Inspection *inspection)
{
    if (inspection->interp->stoptheworld.world_stopped || _PyRuntime.stoptheworld.world_stopped) {
        inspection->error = "everybody there is suspended or parked, so nobody can look";
        return;
    }
    PyThreadState *state = PyThreadState_New(inspection->interp);
    if (state == NULL) {
        inspection->error = "there is no memory for a thread state to look with";
        return;
    }
    PyEval_AcquireThread(state);
    inspect(inspection);
    PyThreadState_Clear(state);
    PyThreadState_DeleteCurrent();
}

/*
 * To look up names and to ask a value for its text takes a thread that is attached. Between two steps everybody is at
 * rest, so whoever is attached lends a hand.
 */
const char *
observe_program(const Json *query, Text *state)
{
    const char *module = json_string(query, "module");
    Inspection inspection = {query, (Sort)sort_of(json_string(query, "of")), module ? interpreter_with_module(module) : NULL, state, NULL};
    if (inspection.interp == NULL) {
        return "there is no such module";
    }
    Actor *attached = someone_at_rest(inspection.interp, _Py_THREAD_ATTACHED);
    Actor *detached = attached ? NULL : someone_at_rest(inspection.interp, _Py_THREAD_DETACHED);
    if (attached) {
        visit(attached->seat, inspect, &inspection);
    }
    else if (detached) {
        visit(detached->seat, attach_and_inspect, &inspection);
    }
    else {
        inspect_as_nobody(&inspection);
    }
    return inspection.error;
}

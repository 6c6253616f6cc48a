/*
 * Pauses of an interpreter's threads, or of all.
 *
 * CPython leaves it to its callers that a pause is not begun within another one of the same thread,
 * is ended by who began it, and is over before that one's thread state is deleted: it would wait for
 * itself for ever, let threads run under the feet of others, or count a thread that was never counted
 * (pystate.c asserts that). So the adapter refuses it.
 */
#include <string.h>

#include "operations.h"

/* The pause that is meant. */
static struct _stoptheworld_state *
pause_in(Actor *actor, const Json *args)
{
    const char *scope = json_string(args, "scope");
    bool all = scope && strcmp(scope, "all") == 0;
    return all ? &_PyRuntime.stoptheworld : &interpreter_in(actor, NULL)->stoptheworld;
}

bool
outside_own_pause(Actor *actor)
{
    if (actor->seat->stopped) {
        return refuse(actor, "misuse", "%s has stopped the world", actor->name);
    }
    return true;
}

bool
world_stop(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    struct _stoptheworld_state *pause = pause_in(actor, args);
    if (!outside_own_pause(actor)) {
        return false;
    }
    if (pause->is_global) {
        _PyEval_StopTheWorldAll(&_PyRuntime);
    }
    else {
        _PyEval_StopTheWorld(interpreter_in(actor, NULL));
    }
    actor->seat->stopped = pause;
    return true;
}

bool
world_start(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    struct _stoptheworld_state *pause = pause_in(actor, args);
    if (actor->seat->stopped != pause) {
        return refuse(actor, "misuse", "%s has not stopped the world", actor->name);
    }
    actor->seat->stopped = NULL;
    if (pause->is_global) {
        _PyEval_StartTheWorldAll(&_PyRuntime);
    }
    else {
        _PyEval_StartTheWorld(interpreter_in(actor, NULL));
    }
    return true;
}

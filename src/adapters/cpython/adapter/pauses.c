/*
 * Pauses of an interpreter's threads, or of all.
 *
 * CPython leaves it to its callers that a pause is not begun within the same pause, and is ended by
 * who began it: it would wait for itself for ever, or let threads run under the feet of others. So
 * the adapter refuses that.
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

static bool
is_own(const struct _stoptheworld_state *pause)
{
    return pause->requested && pause->requester == _PyThreadState_GET();
}

bool
world_stop(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    struct _stoptheworld_state *pause = pause_in(actor, args);
    if (is_own(pause)) {
        return refuse(actor, "misuse", "%s has stopped the world already", actor->name);
    }
    if (pause->is_global) {
        _PyEval_StopTheWorldAll(&_PyRuntime);
    }
    else {
        _PyEval_StopTheWorld(interpreter_in(actor, NULL));
    }
    return true;
}

bool
world_start(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    struct _stoptheworld_state *pause = pause_in(actor, args);
    if (!is_own(pause)) {
        return refuse(actor, "misuse", "%s has not stopped the world", actor->name);
    }
    if (pause->is_global) {
        _PyEval_StartTheWorldAll(&_PyRuntime);
    }
    else {
        _PyEval_StartTheWorld(interpreter_in(actor, NULL));
    }
    return true;
}

/* Interpreters, and forks. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ending.h"
#include "events.h"
#include "modules.h"
#include "operations.h"
#include "runtime.h"
#include "scenario.h"
#include "turns.h"
#include "watch.h"

bool
interpreter_create(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyThreadState *before = is_attached(actor) ? state_of(actor) : NULL;
    /* Bringing an interpreter up is no part of the scenario: it begins with the interpreter as it is then. */
    quiet++;
    PyInterpreterState *interp = bring_up_another();
    if (before) {
        PyEval_AcquireThread(before);
    }
    quiet--;
    if (interp == NULL) {
        return refuse(actor, "out-of-memory", "the interpreter could not be made");
    }
    name_thing(INTERPRETER, json_string(args, "interpreter"), interp);
    watch_interpreter(interp);
    return true;
}

bool
interpreter_finalize(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = attached(actor);
    if (state == NULL) {
        return false;
    }
    _PyInterpreterState_SetFinalizing(state->interp, state);
    return true;
}

bool
interpreter_end(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = attached(actor);
    if (state == NULL || !outside_own_pause(actor)) {
        return false;
    }
    if (_Py_IsMainInterpreter(state->interp)) {
        return refuse(actor, "unsupported", "the main interpreter ends only with the process");
    }
    if (state->interp->threads.head != state || state->next) {
        return refuse(actor, "misuse", "%s is not the last thread of the interpreter", actor->name);
    }
    forget_modules(state->interp);
    Py_EndInterpreter(state);
    forget_state(state);
    return true;
}

typedef struct Heir {
    Actor *child, *parent;
} Heir;

static void
inherit_mutex(Thing *mutex, void *argument)
{
    const Heir *heir = argument;
    if (mutex->holder == heir->parent) {
        mutex->holder = heir->child;
    }
}

/* In the child, before the interpreter has put its house in order: only the calling thread is there. */
static void
become(Actor *child, Actor *parent)
{
    for (int index = 0; index < actor_count; index++) {
        Actor *other = &actors[index];
        if (other->child >= 0) {
            close(other->child);
            other->child = -1;
        }
        other->seat = NULL;
    }
    child->seat = me;
    me->occupant = child;
    memcpy(child->states, parent->states, sizeof(child->states));
    child->state_count = parent->state_count;
    parent->state_count = 0;
    memcpy(child->handlers, parent->handlers, sizeof(child->handlers));
    memset(parent->handlers, 0, sizeof(parent->handlers));
    memcpy(child->sections, parent->sections, sizeof(child->sections));
    memcpy(child->double_section, parent->double_section, sizeof(child->double_section));
    child->section_count = parent->section_count;
    each_thing(MUTEX, inherit_mutex, &(Heir){child, parent});
}

/* The interpreter has freed the states of the dead by now, and deleted the other interpreters. */
static void
forget_the_dead(const Actor *child)
{
    for (int index = 0; index < actor_count; index++) {
        Actor *other = &actors[index];
        while (other != child && other->state_count > 0) {
            stop_watching(other->states[other->state_count - 1]);
            other->state_count--;
        }
    }
}

/*
 * A real fork. In the child the calling thread goes on as the new actor; a host thread of its own
 * answers for it, over a socket, and the first line that it sends tells what happened in the child
 * until it came to rest.
 */
bool
process_fork(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    Actor *child = find_actor(json_string(args, "child"));
    int ends[2];
    if (attached(actor) == NULL) {
        return false;
    }
    if (child == NULL) {
        return refuse(actor, "unknown-name", "there is no such actor");
    }
    if (running_free) {
        return refuse(actor, "unsupported", "nobody forks in a race");
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
        return refuse(actor, "out-of-memory", "there is no socket to talk to the child");
    }
    forget_lines(ends[0]);
    forget_lines(ends[1]);
    PyOS_BeforeFork();
    look();
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        become(child, actor);
        forget_events();
        serve_after_fork(ends[1]);
        PyOS_AfterFork_Child();
        forget_the_dead(child);
        return true;
    }
    close(ends[1]);
    if (pid > 0) {
        Text happened = {0};
        child->child_process = pid;
        child->child = ends[0];
        if (!receive_line(child->child, &happened)) {
            die_like(pid);
        }
        add_events(text_of(&happened));
        text_free(&happened);
    }
    PyOS_AfterFork_Parent();
    if (pid < 0) {
        close(ends[0]);
        return refuse(actor, "out-of-memory", "the process could not be forked");
    }
    note_fork();
    return true;
}

#include "events.h"

#include <stdarg.h>
#include <string.h>

#include "scenario.h"
#include "things.h"
#include "turns.h"

__thread int quiet;
static Text events;

static void
begin(const Actor *actor, const char *event)
{
    text_print(&events, "%s{\"actor\":", events.length ? "," : "");
    text_quote(&events, actor->name);
    text_print(&events, ",\"event\":\"%s\"", event);
}

static void
write_number(const char *key, int number)
{
    if (number >= 0) {
        text_print(&events, ",\"%s\":%d", key, number);
    }
}

static void
write_text(const char *key, const char *text)
{
    if (text) {
        text_print(&events, ",\"%s\":", key);
        text_quote(&events, text);
    }
}

void
emit(const Actor *actor, const char *event, ...)
{
    if (quiet || running_free || actor == NULL) {
        return;
    }
    begin(actor, event);
    va_list pairs;
    va_start(pairs, event);
    for (const char *key = va_arg(pairs, const char *); key; key = va_arg(pairs, const char *)) {
        write_text(key, va_arg(pairs, const char *));
    }
    va_end(pairs);
    text_print(&events, "}");
}

void
tell(const Actor *actor, const Told *told)
{
    if (quiet || running_free || actor == NULL) {
        return;
    }
    begin(actor, "told");
    text_print(&events, ",\"tool\":%d,\"about\":\"%s\"", told->tool, told->about);
    write_text("function", told->function);
    write_number("line", told->line);
    write_number("offset", told->offset);
    write_text("value", told->value);
    write_text("callable", told->callable);
    write_number("target", told->target);
    text_print(&events, "}");
}

void
tell_end(const Actor *actor, const Job *job)
{
    if (job->code) {
        emit(actor, "failed", "op", job->op, "code", job->code, "message", job->message, NULL);
        return;
    }
    note_done(actor, job);
    begin(actor, "resumed");
    text_print(&events, ",\"op\":\"%s\",\"facts\":{%s}}", job->op, text_of(&job->facts));
}

void
add_events(const char *written)
{
    text_print(&events, "%s%s", events.length && *written ? "," : "", written);
}

void
take_events(Text *text)
{
    text_print(text, "[%s]", text_of(&events));
    forget_events();
}

void
forget_events(void)
{
    text_empty(&events);
}

/* What the interpreter's own addresses mean to those who sleep on them. */
static const char *
meaning_of(const void *at)
{
    if (at == &_PyRuntime.stoptheworld.stop_event) {
        return "all threads to come to rest";
    }
    if (at == &_PyRuntime.stoptheworld.mutex || at == &_PyRuntime.stoptheworld_mutex) {
        return "another thread's pause to end";
    }
    if (at == &_PyRuntime.interpreters.mutex) {
        return "the list of threads";
    }
    for (PyInterpreterState *interp = PyInterpreterState_Head(); interp; interp = interp->next) {
        if (at == &interp->stoptheworld.stop_event) {
            return "the threads of its interpreter to come to rest";
        }
        if (at == &interp->stoptheworld.mutex) {
            return "another thread's pause to end";
        }
        if (at == &interp->qsbr.mutex) {
            return "the table of sequences";
        }
        if (at == &interp->mem_free_queue.mutex) {
            return "the abandoned frees";
        }
        if (at >= (const void *)&interp->brc.table && at < (const void *)(&interp->brc.table + 1)) {
            return "a merge queue";
        }
        for (PyThreadState *state = interp->threads.head; state; state = state->next) {
            if (at == &state->state) {
                return "the world to start";
            }
        }
    }
    return NULL;
}

void
describe_sleep(const Seat *seat, Text *on)
{
    static const char *const kinds[] = {[MUTEX] = "mutex", [EVENT] = "event", [ONCE] = "once",
                                        [RWLOCK] = "rwlock", [CELL] = "cell", [SLOT] = "slot"};
    const Thing *thing = find_lock_at(seat->parked_at);
    const char *meaning = thing ? NULL : meaning_of(seat->parked_at);
    if (thing) {
        text_print(on, "the %s %s", kinds[thing->kind], thing->name);
    }
    else if (meaning) {
        text_print(on, "%s", meaning);
    }
    else {
        text_print(on, "the memory at %p", seat->parked_at);
    }
}

/* Whom a thread waits for that stops the world: those who are attached still. */
static void
write_moving(const Seat *seat, Text *text)
{
    const char *comma = "";
    for (PyInterpreterState *interp = PyInterpreterState_Head(); interp; interp = interp->next) {
        bool all = seat->parked_at == &_PyRuntime.stoptheworld.stop_event;
        if (!all && seat->parked_at != &interp->stoptheworld.stop_event) {
            continue;
        }
        for (PyThreadState *state = interp->threads.head; state; state = state->next) {
            Actor *other = actor_with_state(state);
            if (other == NULL || other == seat->occupant || state->state != _Py_THREAD_ATTACHED) {
                continue;
            }
            text_print(text, "%s", comma);
            text_quote(text, other->name);
            comma = ",";
        }
    }
}

void
write_parked(const Actor *actor, Text *text)
{
    const Seat *seat = actor->seat;
    Text on = {0}, holders = {0};
    describe_sleep(seat, &on);
    const Thing *thing = find_lock_at(seat->parked_at);
    if (thing && thing->holder) {
        text_quote(&holders, thing->holder->name);
    }
    else if (thing == NULL) {
        write_moving(seat, &holders);
    }
    text_print(text, "{\"on\":");
    text_quote(text, text_of(&on));
    if (holders.length) {
        text_print(text, ",\"holders\":[%s]", text_of(&holders));
    }
    text_print(text, "}");
    text_free(&on);
    text_free(&holders);
}

#include "observe.h"

#include <string.h>

#include "events.h"
#include "inspect.h"
#include "memory.h"
#include "operations.h"
#include "queues.h"
#include "turns.h"
#include "versions.h"

static const char *
yes_or_no(bool truth)
{
    return truth ? "true" : "false";
}

/* The counts of an object travel as the protocol has them: here is the only place that knows how. */
static void
write_count(Text *text, const char *name, int64_t count)
{
    text_print(text, ",\"%s\":\"%lld\"", name, (long long)count);
}

static void
write_name(Text *text, const char *name, const Actor *actor)
{
    text_print(text, ",\"%s\":", name);
    text_quote(text, actor ? actor->name : NULL);
}

static void
observe_object(const Thing *thing, Text *text)
{
    static const char *const flags[] = {"none", "maybe-weakref", "queued", "merged"};
    const PyObject *object = thing->alive ? thing->at : NULL;
    Py_ssize_t shared = object ? object->ob_ref_shared : 0;
    const PyThreadState *queue = object ? queue_holding(object) : NULL;
    text_print(text, "{\"of\":\"object\",\"alive\":%s", yes_or_no(object != NULL));
    write_name(text, "owner", object ? actor_with_identity(object->ob_tid) : NULL);
    write_count(text, "local", object ? object->ob_ref_local : 0);
    write_count(text, "shared", shared >> _Py_REF_SHARED_SHIFT);
    write_count(text, "references", object ? Py_REFCNT((PyObject *)object) : 0);
    text_print(text, ",\"state\":\"%s\"", flags[shared & _Py_REF_SHARED_FLAG_MASK]);
    text_print(text, ",\"immortal\":%s", yes_or_no(object && _Py_IsImmortal((PyObject *)object)));
    write_name(text, "queuedFor", queue ? actor_with_state(queue) : NULL);
    text_print(text, ",\"finalizations\":%d}", thing->finalizations);
}

/* The fields that PyThreadState shows to everybody, and those that only the private record has. */
#define FIELDS                                                                                          \
    "\"publicFields\":[\"prev\",\"next\",\"interp\",\"eval_breaker\",\"state\",\"critical_section\","   \
    "\"thread_id\",\"dict\",\"async_exc\",\"id\"],"                                                     \
    "\"privateFields\":[\"asyncio_running_loop\",\"qsbr\",\"mem_free_queue\",\"gc\",\"mimalloc\","      \
    "\"freelists\",\"brc\",\"refcounts\",\"tlbc_index\",\"suppress_co_const_immortalization\"]"

static const char *
name_of_interpreter(const PyInterpreterState *interp)
{
    Thing *thing = find_at(INTERPRETER, interp);
    return thing ? thing->name : NULL;
}

static void
observe_state(PyThreadState *state, Text *text)
{
    static const char *const states[] = {"detached", "attached", "suspended"};
    const _PyThreadStateImpl *private = private_of(state);
    const struct _qsbr_thread_state *slot = private->qsbr;
    const char *comma = "";
    text_print(text, "\"state\":\"%s\",\"bound\":%s,\"interpreter\":", states[state->state],
               yes_or_no(state->_status.bound));
    text_quote(text, name_of_interpreter(state->interp));
    text_print(text, ",\"requests\":[");
    for (int request = 0; request < REQUESTS; request++) {
        if (state->eval_breaker & request_bits[request]) {
            text_print(text, "%s\"%s\"", comma, request_names[request]);
            comma = ",";
        }
    }
    bool registered = private->brc.tid != 0 && !state->_status.cleared;
    text_print(text, "],\"queued\":%zd,\"registered\":%s", queued_for(state), yes_or_no(registered));
    text_print(text, ",\"sequence\":\"%llu\"", (unsigned long long)(slot ? slot->seq : 0));
    if (slot) {
        text_print(text, ",\"slot\":%td,\"deferrals\":%d", (struct _qsbr_pad *)slot - state->interp->qsbr.array,
                   deferrals_of(slot));
    }
    else {
        text_print(text, ",\"slot\":null,\"deferrals\":0");
    }
    text_print(text, ",\"pending\":%zd,\"chunks\":%zd", pending_in(&private->mem_free_queue),
               chunks_in(&private->mem_free_queue));
    text_print(text, ",\"index\":%d,\"suppressed\":%d", private->tlbc_index, private->suppress_co_const_immortalization);
}

static void
observe_thread(const Actor *actor, Text *text)
{
    PyThreadState *state = state_of(actor);
    text_print(text, "{\"of\":\"thread\",");
    if (state) {
        observe_state(state, text);
    }
    else {
        text_print(text, "\"state\":\"absent\",\"bound\":false,\"interpreter\":null,\"requests\":[],\"queued\":0,"
                         "\"registered\":false,\"sequence\":\"0\",\"slot\":null,\"deferrals\":0,\"pending\":0,\"chunks\":0,"
                         "\"index\":null,\"suppressed\":0");
    }
    text_print(text, "," FIELDS ",\"parked\":");
    if (is_asleep(actor)) {
        write_parked(actor, text);
    }
    else {
        text_print(text, "null");
    }
    text_print(text, "}");
}

static Py_ssize_t
free_slots(const struct _qsbr_shared *shared)
{
    Py_ssize_t count = 0;
    for (const struct _qsbr_thread_state *slot = shared->freelist; slot; slot = slot->freelist_next) {
        count++;
    }
    return count;
}

static void
observe_interpreter(PyInterpreterState *interp, Text *text)
{
    const struct _stoptheworld_state *pause = &interp->stoptheworld;
    const char *comma = "";
    text_print(text, "{\"of\":\"interpreter\",\"threads\":[");
    for (PyThreadState *state = interp->threads.head; state; state = state->next) {
        const Actor *actor = actor_with_state(state);
        text_print(text, "%s", comma);
        text_quote(text, actor ? actor->name : "somebody");
        comma = ",";
    }
    text_print(text, "],\"writeSequence\":\"%llu\",\"readSequence\":\"%llu\"", (unsigned long long)interp->qsbr.wr_seq,
               (unsigned long long)interp->qsbr.rd_seq);
    text_print(text, ",\"slots\":%zd,\"freeSlots\":%zd", interp->qsbr.size, free_slots(&interp->qsbr));
    text_print(text, ",\"pending\":%zd,\"chunks\":%zd,\"hasWork\":%s", pending_in(&interp->mem_free_queue.head),
               chunks_in(&interp->mem_free_queue.head), yes_or_no(interp->mem_free_queue.has_work));
    text_print(text, ",\"finalizing\":%s", yes_or_no(_PyInterpreterState_GetFinalizing(interp) != NULL));
    text_print(text, ",\"stopped\":%s,\"countdown\":%zd", yes_or_no(pause->world_stopped), pause->thread_countdown);
    write_name(text, "requester", pause->requester ? actor_with_state(pause->requester) : NULL);
    text_print(text, "}");
}

/* Who is parked on an address, the longest first. */
static void
write_waiting(const void *at, Text *text)
{
    uint64_t after = 0;
    const char *comma = "";
    for (;;) {
        const Seat *next = NULL;
        for (int index = 0; index < actor_count; index++) {
            const Seat *seat = actors[index].seat;
            bool waits = seat && seat->semaphore && seat->waking == SLEEPING && seat->parked_at == at;
            if (waits && seat->since > after && (next == NULL || seat->since < next->since)) {
                next = seat;
            }
        }
        if (next == NULL) {
            return;
        }
        after = next->since;
        text_print(text, "%s", comma);
        text_quote(text, next->occupant->name);
        comma = ",";
    }
}

static void
observe_mutex(const Thing *thing, Text *text)
{
    const PyMutex *mutex = thing->at;
    text_print(text, "{\"of\":\"mutex\",\"locked\":%s,\"parked\":%s,\"waiting\":[", yes_or_no(mutex->_bits & _Py_LOCKED),
               yes_or_no(mutex->_bits & _Py_HAS_PARKED));
    write_waiting(mutex, text);
    text_print(text, "]}");
}

static void
observe_block(const Thing *thing, Text *text)
{
    const DelayedFree *item = thing->alive ? delayed_free_of(thing->at) : NULL;
    text_print(text, "{\"of\":\"block\",\"state\":\"%s\",\"domain\":\"%s\",\"goal\":",
               !thing->alive ? "freed" : item ? "retired" : "allocated", thing->from_objects ? "objects" : "memory");
    if (item) {
        text_print(text, "\"%llu\"}", (unsigned long long)item->goal);
    }
    else {
        text_print(text, "null}");
    }
}

const char *
observe(const Json *query, Text *state)
{
    const char *of = json_string(query, "of");
    if (strcmp(of, "allocators") == 0) {
        text_print(state, "{\"of\":\"allocators\",\"memory\":%zd,\"objects\":%zd}", blocks_in_use(PYMEM_DOMAIN_MEM),
                   blocks_in_use(PYMEM_DOMAIN_OBJ));
        return NULL;
    }
    if (strcmp(of, "thread") == 0) {
        const Actor *actor = find_actor(json_string(query, "thread"));
        if (actor) {
            observe_thread(actor, state);
        }
        return actor ? NULL : "there is no such actor";
    }
    if (is_about_program(of)) {
        return observe_program(query, state);
    }
    if (strcmp(of, "interpreter") == 0) {
        const char *name = json_string(query, "interpreter");
        const Thing *thing = find_thing(INTERPRETER, name ? name : "main");
        if (thing && thing->alive) {
            observe_interpreter(thing->at, state);
        }
        return thing && thing->alive ? NULL : "there is no such interpreter";
    }
    Kind kind = strcmp(of, "object") == 0 ? OBJECT : strcmp(of, "mutex") == 0 ? MUTEX : BLOCK;
    const Thing *thing = find_thing(kind, json_string(query, of));
    if (thing == NULL) {
        return "there is nothing of that name";
    }
    if (kind == OBJECT) {
        observe_object(thing, state);
    }
    else if (kind == MUTEX) {
        observe_mutex(thing, state);
    }
    else {
        observe_block(thing, state);
    }
    return NULL;
}

static void
count_object(Thing *thing, void *argument)
{
    ((Census *)argument)->objects += thing->alive && !_Py_IsImmortal(thing->at);
}

static void
count_block(Thing *thing, void *argument)
{
    ((Census *)argument)->blocks += thing->alive;
}

static void
count_lock(Thing *thing, void *argument)
{
    ((Census *)argument)->locks += PyMutex_IsLocked(thing->at);
}

void
take_census(Census *census)
{
    each_thing(OBJECT, count_object, census);
    each_thing(BLOCK, count_block, census);
    each_thing(MUTEX, count_lock, census);
    for (PyInterpreterState *interp = PyInterpreterState_Head(); interp; interp = interp->next) {
        census->pending += pending_in(&interp->mem_free_queue.head);
        for (PyThreadState *state = interp->threads.head; state; state = state->next) {
            census->threads++;
            census->queued += queued_for(state);
            census->pending += pending_in(&private_of(state)->mem_free_queue);
        }
        census->locks += PyMutex_IsLocked(&interp->stoptheworld.mutex) + PyMutex_IsLocked(&interp->qsbr.mutex)
            + PyMutex_IsLocked(&interp->mem_free_queue.mutex);
    }
    census->locks += PyMutex_IsLocked(&_PyRuntime.interpreters.mutex);
    for (int index = 0; index < actor_count; index++) {
        census->parked += is_asleep(&actors[index]);
    }
}

void
write_census(const Census *census, Text *text)
{
    text_print(text,
               "{\"objects\":%lld,\"blocks\":%lld,\"threads\":%lld,\"queued\":%lld,\"pending\":%lld,\"locks\":%lld,"
               "\"parked\":%lld}",
               (long long)census->objects, (long long)census->blocks, (long long)census->threads,
               (long long)census->queued, (long long)census->pending, (long long)census->locks,
               (long long)census->parked);
}

#include "scenario.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ending.h"
#include "events.h"
#include "memory.h"
#include "observe.h"
#include "operations.h"
#include "replies.h"
#include "turns.h"
#include "watch.h"

/* Every step that came to its end, in the order of their ends: for whoever wants to bring another runtime to this point. */
static Text done;
static bool forked;

void
open_scenario(const Json *params)
{
    const Json *names = json_get(params, "actors");
    name_thing(INTERPRETER, "main", _PyInterpreterState_Main());
    watch_interpreter(_PyInterpreterState_Main());
    for (const Json *name = names ? names->first : NULL; name; name = name->next) {
        Actor *actor = add_actor(name->text);
        if (actor) {
            seat_actor(actor);
        }
    }
}

void
note_fork(void)
{
    forked = true;
}

void
note_done(const Actor *actor, const Job *job)
{
    text_print(&done, "%s{\"actor\":", done.length ? "," : "");
    text_quote(&done, actor->name);
    text_print(&done, ",\"op\":\"%s\",\"args\":", job->op);
    json_write(&done, job->args);
    text_print(&done, "}");
}

/* Who enters under the identity of somebody who has exited sits down on the same seat. */
static void
change_seats(Actor *actor, const char *op, const Json *args)
{
    Actor *predecessor = strcmp(op, "thread.enter") == 0 ? find_actor(json_string(args, "identity")) : NULL;
    if (predecessor && predecessor->seat && predecessor->state_count == 0) {
        actor->seat = predecessor->seat;
    }
    actor->seat->occupant = actor;
}

static void
begin_job(Actor *actor, const Json *params)
{
    json_free(actor->request);
    text_free(&actor->job.facts);
    free(actor->job.message);
    actor->request = json_copy(params);
    static const Json no_args = {.kind = JSON_OBJECT};
    const Json *args = json_get(actor->request, "args");
    actor->job = (Job){.op = json_string(actor->request, "op"), .args = args ? args : &no_args};
    change_seats(actor, actor->job.op, actor->job.args);
    actor->seat->job = &actor->job;
}

bool
do_step(const Json *params)
{
    Actor *actor = find_actor(json_string(params, "actor"));
    begin_job(actor, params);
    run_and_settle(actor->seat);
    if (!is_asleep(actor) && actor->job.code == NULL) {
        note_done(actor, &actor->job);
    }
    return !is_asleep(actor) && actor->job.code == NULL;
}

/* What an actor's step came to, once nobody can go on: its end, or that it sleeps. */
static void
write_outcome(const Actor *actor, const Json *id, Text *reply)
{
    Text events = {0};
    take_events(&events);
    if (is_asleep(actor)) {
        begin_reply(reply, id);
        text_print(reply, "\"result\":{\"status\":\"parked\",\"parked\":");
        write_parked(actor, reply);
        text_print(reply, ",\"events\":%s}}", text_of(&events));
    }
    else if (actor->job.op == NULL) {
        write_refusal(reply, id, "misuse", "the actor has done nothing whose outcome could be awaited", text_of(&events));
    }
    else if (actor->job.code) {
        write_refusal(reply, id, actor->job.code, actor->job.message, text_of(&events));
    }
    else {
        begin_reply(reply, id);
        text_print(reply, "\"result\":{\"status\":\"ok\",\"facts\":{%s},\"events\":%s}}", text_of(&actor->job.facts),
                   text_of(&events));
    }
    text_free(&events);
}

/* Asks the process of a fork's child. It answers in one line. If it cannot, it is dead, and so is the scenario. */
static void
ask_child(const Actor *actor, const char *line, Text *reply)
{
    if (!send_line(actor->child, line) || !receive_line(actor->child, reply)) {
        die_like(actor->child_process);
    }
}

/* Time passes in every process. */
static void
pass_time_everywhere(const Json *request, const char *line, Text *reply)
{
    pass_time((int64_t)(json_number(json_get(json_get(request, "params"), "args"), "milliseconds", 0) * 1e6 + 0.5));
    for (int index = 0; index < actor_count; index++) {
        if (actors[index].child < 0) {
            continue;
        }
        Text theirs = {0}, events = {0};
        ask_child(&actors[index], line, &theirs);
        Json *answer = json_read(text_of(&theirs));
        const Json *happened = json_get(json_get(answer, "result"), "events");
        for (const Json *event = happened ? happened->first : NULL; event; event = event->next) {
            json_write(&events, event);
            text_print(&events, event->next ? "," : "");
        }
        add_events(text_of(&events));
        json_free(answer);
        text_free(&theirs);
        text_free(&events);
    }
    begin_reply(reply, json_get(request, "id"));
    text_print(reply, "\"result\":{\"status\":\"ok\",\"facts\":{},\"events\":");
    take_events(reply);
    text_print(reply, "}}");
}

static void
answer_step(const Json *request, const char *line, Text *reply)
{
    const Json *id = json_get(request, "id");
    const Json *params = json_get(request, "params");
    const char *op = json_string(params, "op");
    Actor *actor = find_actor(json_string(params, "actor"));
    if (op && strcmp(op, "time.pass") == 0) {
        pass_time_everywhere(request, line, reply);
        return;
    }
    if (actor == NULL) {
        write_refusal(reply, id, "unknown-name", "there is no such actor", NULL);
    }
    else if (actor->child >= 0) {
        ask_child(actor, line, reply);
    }
    else if (actor->seat == NULL) {
        write_refusal(reply, id, "unknown-name", "that actor is in another process", NULL);
    }
    else if (op && strcmp(op, "await") == 0) {
        write_outcome(actor, id, reply);
    }
    else if (actor->seat->job != NULL) {
        write_refusal(reply, id, "busy", "the actor's earlier step is still parked", NULL);
    }
    else if (!is_operation(op)) {
        write_refusal(reply, id, "unsupported", "the adapter does not have that operation", NULL);
    }
    else {
        do_step(params);
        write_outcome(actor, id, reply);
    }
}

/* The actor of another process that a query means; NULL for this one. */
static Actor *
seen_by(const Json *query)
{
    const char *viewer = json_string(query, "seenBy");
    Actor *actor = find_actor(viewer ? viewer : json_string(query, "thread"));
    return actor && actor->child >= 0 ? actor : NULL;
}

static const char *
observe_elsewhere(Actor *actor, const Json *query, Text *states)
{
    Text line = {0}, reply = {0};
    text_print(&line, "{\"jsonrpc\":\"2.0\",\"id\":\"\",\"method\":\"observe\",\"params\":{\"what\":[");
    json_write(&line, query);
    text_print(&line, "]}}");
    ask_child(actor, text_of(&line), &reply);
    Json *answer = json_read(text_of(&reply));
    const Json *theirs = json_get(json_get(answer, "result"), "states");
    if (theirs && theirs->first) {
        json_write(states, theirs->first);
    }
    json_free(answer);
    text_free(&line);
    text_free(&reply);
    return theirs ? NULL : "there is nothing of that name in the child";
}

const char *
observe_all(const Json *queries, Text *states)
{
    for (const Json *query = queries ? queries->first : NULL; query; query = query->next) {
        if (json_string(query, "of") == NULL) {
            return "a query says of what kind of thing it is";
        }
        Actor *elsewhere = seen_by(query);
        const char *error = elsewhere ? observe_elsewhere(elsewhere, query, states) : observe(query, states);
        if (error) {
            return error;
        }
        text_print(states, query->next ? "," : "");
    }
    return NULL;
}

static void
answer_observe(const Json *request, Text *reply)
{
    Text states = {0};
    const char *error = observe_all(json_get(json_get(request, "params"), "what"), &states);
    if (error) {
        write_refusal(reply, json_get(request, "id"), "unknown-name", error, NULL);
    }
    else {
        begin_reply(reply, json_get(request, "id"));
        text_print(reply, "\"result\":{\"states\":[%s]}}", text_of(&states));
    }
    text_free(&states);
}

/* A race is run elsewhere, from here on: the answer is how to come to this point. */
static void
answer_race(const Json *request, Text *reply)
{
    const Json *id = json_get(request, "id");
    const Json *programs = json_get(json_get(request, "params"), "programs");
    int racers = 0;
    for (const Json *program = programs ? programs->first : NULL; program; program = program->next) {
        if (find_actor(program->key) == NULL) {
            write_refusal(reply, id, "unknown-name", "there is no such actor", NULL);
            return;
        }
        racers++;
    }
    if (racers < 2 || racers > MOST_RACERS) {
        write_refusal(reply, id, "misuse", "a race takes two actors or more, and not more than the adapter has room for", NULL);
        return;
    }
    for (int index = 0; index < actor_count; index++) {
        if (is_asleep(&actors[index])) {
            write_refusal(reply, id, "misuse", "somebody is parked; a race begins with everybody at rest", NULL);
            return;
        }
    }
    if (forked) {
        write_refusal(reply, id, "unsupported", "the adapter brings no race to a point after a fork", NULL);
        return;
    }
    text_print(reply, "{\"replay\":[%s]}", text_of(&done));
}

static void
answer_close(const Json *request, const char *line, Text *reply)
{
    Census census = {0};
    take_census(&census);
    for (int index = 0; index < actor_count; index++) {
        if (actors[index].child < 0) {
            continue;
        }
        Text theirs = {0};
        ask_child(&actors[index], line, &theirs);
        Json *answer = json_read(text_of(&theirs));
        const Json *left = json_get(json_get(answer, "result"), "census");
        census.objects += json_integer(left, "objects", 0);
        census.blocks += json_integer(left, "blocks", 0);
        census.threads += json_integer(left, "threads", 0);
        census.queued += json_integer(left, "queued", 0);
        census.pending += json_integer(left, "pending", 0);
        census.locks += json_integer(left, "locks", 0);
        census.parked += json_integer(left, "parked", 0);
        json_free(answer);
        text_free(&theirs);
    }
    begin_reply(reply, json_get(request, "id"));
    text_print(reply, "\"result\":{\"census\":");
    write_census(&census, reply);
    text_print(reply, "}}");
}

void
serve(int descriptor)
{
    Text line = {0}, reply = {0};
    bool closed = false;
    while (!closed && receive_line(descriptor, &line)) {
        Json *request = json_read(text_of(&line));
        const char *method = json_string(request, "method");
        if (method && strcmp(method, "open") == 0) {
            open_scenario(json_get(request, "params"));
            begin_reply(&reply, json_get(request, "id"));
            text_print(&reply, "\"result\":{}}");
        }
        else if (method && strcmp(method, "step") == 0) {
            answer_step(request, text_of(&line), &reply);
        }
        else if (method && strcmp(method, "observe") == 0) {
            answer_observe(request, &reply);
        }
        else if (method && strcmp(method, "race") == 0) {
            answer_race(request, &reply);
        }
        else {
            answer_close(request, text_of(&line), &reply);
            closed = true;
        }
        send_line(descriptor, text_of(&reply));
        json_free(request);
        text_empty(&line);
        text_empty(&reply);
    }
}

static int descriptor_after_fork;

static void *
host_after_fork(void *argument)
{
    (void)argument;
    Text happened = {0};
    wait_for_turn_to_end();
    settle();
    take_events(&happened);
    happened.start[happened.length - 1] = '\0';
    send_line(descriptor_after_fork, happened.start + 1);
    text_free(&happened);
    serve(descriptor_after_fork);
    _exit(0);
}

void
serve_after_fork(int descriptor)
{
    descriptor_after_fork = descriptor;
    take_over_after_fork(host_after_fork);
}

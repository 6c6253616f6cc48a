#include "operations.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "turns.h"
#include "watch.h"

static const struct {
    const char *name;
    Operation *perform;
} operations[] = {
#define OPERATION(name, function) {name, function},
#include "operations.def"
#undef OPERATION
};

static const char *const kind_names[KINDS] = {"object", "block", "list",   "mutex", "event",
                                              "once",   "rwlock", "cell", "slot",  "interpreter"};

static Operation *
find_operation(const char *name)
{
    for (size_t index = 0; name && index < sizeof(operations) / sizeof(operations[0]); index++) {
        if (strcmp(operations[index].name, name) == 0) {
            return operations[index].perform;
        }
    }
    return NULL;
}

bool
is_operation(const char *name)
{
    return find_operation(name) != NULL;
}

bool
refuse(Actor *actor, const char *code, const char *format, ...)
{
    Job *job = actor->seat->job;
    va_list arguments;
    if (job->code) {
        return false; /* the first reason is the reason */
    }
    job->code = code;
    va_start(arguments, format);
    if (vasprintf(&job->message, format, arguments) < 0) {
        job->message = strdup(code);
    }
    va_end(arguments);
    return false;
}

/* Whether an operation that makes something is told the name that it is to have. */
static bool
names_what_it_makes(const char *op, const Json *args)
{
    const char *verb = strchr(op, '.');
    char noun[16] = {0};
    if (verb == NULL || (strcmp(verb, ".create") != 0 && strcmp(verb, ".allocate") != 0)) {
        return true;
    }
    memcpy(noun, op, (size_t)(verb - op));
    return json_string(args, noun) != NULL;
}

static bool
perform(Actor *actor, const char *op, const Json *args, Text *facts)
{
    Operation *operation = find_operation(op);
    if (operation == NULL) {
        return refuse(actor, "unsupported", "the adapter has no operation %s", op ? op : "without a name");
    }
    if (!names_what_it_makes(op, args)) {
        return refuse(actor, "bad-message", "%s is told no name", op);
    }
    bool done = operation(actor, args, facts);
    look();
    return done;
}

void
perform_job(Actor *actor, Job *job)
{
    perform(actor, job->op, job->args, &job->facts);
}

void
run_program(Actor *actor, const Json *program)
{
    for (const Json *step = program ? program->first : NULL; step; step = step->next) {
        Text facts = {0};
        bool done = perform(actor, json_string(step, "op"), json_get(step, "args"), &facts);
        text_free(&facts);
        if (!done) {
            return;
        }
    }
}

/* A refusal is the answer to its operation, and the racer goes on. */
void
perform_race(Actor *actor, Job *job)
{
    Text *answers = &job->facts;
    for (const Json *step = job->program->first; step; step = step->next) {
        Text facts = {0};
        dawdle();
        bool done = perform(actor, json_string(step, "op"), json_get(step, "args"), &facts);
        text_print(answers, "%s", answers->length ? "," : "");
        if (done && job->code == NULL) {
            text_print(answers, "{\"facts\":{%s}}", text_of(&facts));
        }
        else {
            text_print(answers, "{\"refused\":\"%s\",\"message\":", job->code);
            text_quote(answers, job->message);
            text_print(answers, "}");
            job->code = NULL;
            free(job->message);
            job->message = NULL;
        }
        text_free(&facts);
    }
}

PyThreadState *
attached(Actor *actor)
{
    if (!is_attached(actor)) {
        refuse(actor, "misuse", "%s is not attached", actor->name);
        return NULL;
    }
    return state_of(actor);
}

Thing *
thing_in(Actor *actor, const Json *args, Kind kind)
{
    const char *name = json_string(args, kind_names[kind]);
    Thing *thing = find_thing(kind, name);
    if (thing == NULL) {
        refuse(actor, "unknown-name", "there is no %s named \"%s\"", kind_names[kind], name ? name : "");
    }
    return thing;
}

Thing *
live_thing_in(Actor *actor, const Json *args, Kind kind)
{
    Thing *thing = thing_in(actor, args, kind);
    if (thing && !thing->alive) {
        refuse(actor, "misuse", "the %s \"%s\" has been freed, and its memory may be another's",
               kind_names[kind], thing->name);
        return NULL;
    }
    return thing;
}

PyInterpreterState *
interpreter_in(Actor *actor, const Json *args)
{
    if (json_string(args, "interpreter") == NULL) {
        PyThreadState *state = state_of(actor);
        return state ? state->interp : _PyInterpreterState_Main();
    }
    Thing *thing = live_thing_in(actor, args, INTERPRETER);
    return thing ? thing->at : NULL;
}

PyTime_t
timeout_in(const Json *args)
{
    double milliseconds = json_number(args, "timeout", -1);
    return milliseconds < 0 ? -1 : (PyTime_t)(milliseconds * 1e6 + 0.5);
}

const char *
numbered(const char *prefix, int64_t number)
{
    static __thread char name[128];
    snprintf(name, sizeof(name), "%s-%lld", prefix ? prefix : "", (long long)number);
    return name;
}

bool
run_handler(Actor *actor, int request)
{
    run_program(actor, actor->handlers[request].program);
    if (actor->handlers[request].fails) {
        actor->failed = request;
        return false;
    }
    return true;
}

/* Time passes for everybody: a step that lets it pass is the host's own. */
bool
time_pass(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    if (!running_free) {
        return refuse(actor, "unsupported", "no program but a racer's lets time pass");
    }
    pass_time_in_race((int64_t)(json_number(args, "milliseconds", 0) * 1e6 + 0.5));
    return true;
}

bool
memory_limit(Actor *actor, const Json *args, Text *facts)
{
    (void)actor, (void)facts;
    limit_allocations(json_integer(args, "allocations", -1));
    return true;
}

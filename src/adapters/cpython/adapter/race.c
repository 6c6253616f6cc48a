#include "race.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "events.h"
#include "lines.h"
#include "observe.h"
#include "replies.h"
#include "scenario.h"
#include "turns.h"

enum {
    USUAL_ATTEMPTS = 200,
    MOST_OUTCOMES = 256,
    ENOUGH = 4000,   /* milliseconds after which no more attempts are made, so that the reply is in time */
    TOO_LONG = 3000, /* milliseconds after which an attempt has failed that has not ended */
};

typedef struct Outcome {
    char *told;
    int times;
} Outcome;

/* In the attempt's process: why it cannot go on. The first letter tells the reader of the line. */
static void
send_failure(int descriptor, const char *kind, const char *message)
{
    Text line = {0};
    text_print(&line, "!{\"kind\":\"%s\",\"message\":", kind);
    text_quote(&line, message);
    text_print(&line, "}");
    send_line(descriptor, text_of(&line));
    _exit(0);
}

/* Who has not ended, and what they wait for. */
static void
send_standstill(int descriptor, Actor **racers, int count)
{
    Text message = {0};
    text_print(&message, "the race has come to a standstill:");
    for (int index = 0; index < count; index++) {
        const Seat *seat = racers[index]->seat;
        if (__atomic_load_n(&seat->job, __ATOMIC_RELAXED) == NULL) {
            continue;
        }
        text_print(&message, " %s has not ended", racers[index]->name);
        if (seat->parked_at) {
            Text on = {0};
            describe_sleep(seat, &on);
            text_print(&message, " and is parked on %s", text_of(&on));
            text_free(&on);
        }
        text_print(&message, ";");
    }
    send_failure(descriptor, "standstill", text_of(&message));
}

/* In a process of its own. */
static void
attempt(const Json *params, const Json *open, const Json *replay, uint64_t seed, int descriptor)
{
    Actor *racers[MOST_RACERS];
    int count = 0;
    open_scenario(open);
    expect_interrupts();
    for (const Json *step = replay->first; step; step = step->next) {
        if (!do_step(step)) {
            send_failure(descriptor, "replay", "the steps before the race did not come to the same point again");
        }
    }
    const Json *programs = json_get(params, "programs");
    for (const Json *program = programs->first; program && count < MOST_RACERS; program = program->next) {
        Actor *actor = find_actor(program->key);
        json_free(actor->request);
        actor->request = NULL;
        actor->job = (Job){.program = program};
        actor->seat->job = &actor->job;
        actor->seat->occupant = actor;
        racers[count++] = actor;
    }
    if (!run_together(racers, count, seed, TOO_LONG)) {
        send_standstill(descriptor, racers, count);
    }
    Text line = {0}, states = {0};
    const char *comma = "";
    text_print(&line, "{\"answers\":{");
    for (int index = 0; index < count; index++) {
        text_print(&line, "%s", comma);
        text_quote(&line, racers[index]->name);
        text_print(&line, ":[%s]", text_of(&racers[index]->job.facts));
        comma = ",";
    }
    const char *error = observe_all(json_get(params, "observe"), &states);
    if (error) {
        send_failure(descriptor, "observe", error);
    }
    text_print(&line, "},\"states\":[%s]", text_of(&states));
    send_line(descriptor, text_of(&line));
    _exit(0);
}

/* Makes an attempt, and writes the line that tells what came of it. */
static void
make_attempt(const Json *params, const Json *open, const Json *replay, uint64_t seed, Text *line)
{
    int ends[2], status;
    if (pipe(ends) < 0) {
        text_print(line, "!{\"kind\":\"adapter\",\"message\":\"there is no pipe for an attempt\"}");
        return;
    }
    forget_lines(ends[0]);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends[0]);
        leave_standard_streams();
        attempt(params, open, replay, seed, ends[1]);
    }
    close(ends[1]);
    struct pollfd answer = {ends[0], POLLIN, 0};
    bool in_time = poll(&answer, 1, 2 * TOO_LONG) > 0;
    bool told = in_time && receive_line(ends[0], line);
    if (!in_time) {
        kill(pid, SIGKILL);
    }
    waitpid(pid, &status, 0);
    close(ends[0]);
    if (told) {
        return;
    }
    text_empty(line);
    if (!in_time) {
        text_print(line, "!{\"kind\":\"standstill\",\"message\":\"the threads did not come to the beginning of the race\"}");
    }
    else if (WIFSIGNALED(status)) {
        text_print(line, "!{\"kind\":\"crash\",\"message\":\"the interpreter was ended by signal %d (%s)\"}",
                   WTERMSIG(status), strsignal(WTERMSIG(status)));
    }
    else {
        text_print(line, "!{\"kind\":\"crash\",\"message\":\"the interpreter exited with %d\"}", WEXITSTATUS(status));
    }
}

static int64_t
milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Answers false if there are too many to count. */
static bool
count_outcome(Outcome *outcomes, int *count, const char *told)
{
    int index = 0;
    while (index < *count && strcmp(outcomes[index].told, told) != 0) {
        index++;
    }
    if (index == *count) {
        if (*count == MOST_OUTCOMES) {
            return false;
        }
        outcomes[(*count)++] = (Outcome){strdup(told), 0};
    }
    outcomes[index].times++;
    return true;
}

void
run_race(const Json *request, const Json *open, const Json *replay, Text *reply)
{
    const Json *params = json_get(request, "params");
    Outcome outcomes[MOST_OUTCOMES];
    int count = 0, attempts = 0;
    int64_t wanted = json_integer(params, "repeat", USUAL_ATTEMPTS);
    int64_t began = milliseconds_now();
    uint64_t seed = json_unsigned(open, "seed");
    Text failure = {0};
    while (attempts < wanted && failure.length == 0 && milliseconds_now() - began < ENOUGH) {
        Text line = {0};
        make_attempt(params, open, replay, seed * 1000003 + (uint64_t)attempts, &line);
        attempts++;
        if (text_of(&line)[0] == '!') {
            text_print(&failure, "%s", text_of(&line) + 1);
        }
        else if (!count_outcome(outcomes, &count, text_of(&line))) {
            text_print(&failure, "{\"kind\":\"adapter\",\"message\":\"the race ends in more than %d ways\"}", MOST_OUTCOMES);
        }
        text_free(&line);
    }
    begin_reply(reply, json_get(request, "id"));
    text_print(reply, "\"result\":{\"how\":\"sampled\",\"complete\":false,\"schedules\":%d,\"outcomes\":[", attempts);
    for (int index = 0; index < count; index++) {
        text_print(reply, "%s%s,\"times\":%d}", index ? "," : "", outcomes[index].told, outcomes[index].times);
        free(outcomes[index].told);
    }
    text_print(reply, "]");
    if (failure.length) {
        text_print(reply, ",\"failure\":%s", text_of(&failure));
    }
    text_print(reply, "}}");
    text_free(&failure);
}

/*
 * The subject's program: reads requests from standard input and answers them on standard output.
 *
 * It brings the interpreter up once and then runs nothing on it. For each scenario it forks, and
 * passes requests and replies on; for each attempt of a race it forks again. So it has one thread,
 * the interpreter that is copied is always fresh, and what crashes is a copy. A scenario whose
 * process dies ends this program in the same way: the suite then knows the signal. Scenarios that
 * want the interpreter started with arguments or in an environment are passed on to this same
 * program, started with them (`settings.c`).
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ending.h"
#include "lines.h"
#include "parameters.h"
#include "race.h"
#include "replies.h"
#include "runtime.h"
#include "scenario.h"
#include "settings.h"

/* The scenario's process and the socket to it; zero while there is none. */
static pid_t scenario;
static int to_scenario = -1;
static Json *opened; /* the params of its `open` */

static const char *interpreter;  /* the file that this program belongs to; NULL if nobody has said */
static bool has_settings;        /* whether it was brought up as a scenario wanted it */
static const Settled *elsewhere; /* the program with other settings in which a scenario is open; NULL without one */

/* Waits for the scenario's process, which ends when nobody talks to it any more. */
static void
end_scenario(void)
{
    close(to_scenario);
    waitpid(scenario, NULL, 0);
    scenario = 0;
    json_free(opened);
    opened = NULL;
}

/* Has a request answered by the program with other settings. */
static void
ask_elsewhere(const char *line, Text *reply)
{
    if (!send_line(elsewhere->socket, line) || !receive_line(elsewhere->socket, reply)) {
        die_like(elsewhere->process);
    }
}

/* Passes a request on and waits for the reply. */
static void
pass_on(const char *line, Text *reply)
{
    if (!send_line(to_scenario, line) || !receive_line(to_scenario, reply)) {
        die_like(scenario);
    }
}

/* Why a build, arguments or an environment cannot be had; NULL if they can. */
static const char *
refusal_of(const Json *params)
{
    const Json *build = json_get(params, "build");
    const char *threading = json_string(build, "threading");
    if (threading == NULL || strcmp(threading, "free-threaded") != 0) {
        return "the interpreter is a free-threaded build";
    }
    if (!json_true(build, "freelists")) {
        return "the interpreter has freelists";
    }
#ifndef Py_REF_DEBUG
    if (json_true(build, "referenceDebugging")) {
        return "the interpreter is a build without reference debugging";
    }
#endif
    return NULL;
}

static void
open_in_fork(const Json *request, const char *line, Text *reply)
{
    const Json *id = json_get(request, "id");
    const char *refusal = refusal_of(json_get(request, "params"));
    int ends[2];
    if (scenario) {
        write_refusal(reply, id, "misuse", "a scenario is open already", NULL);
        return;
    }
    if (refusal) {
        write_refusal(reply, id, "unsupported", refusal, NULL);
        return;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0 || (scenario = fork()) < 0) {
        perror("a process for the scenario");
        exit(1);
    }
    forget_lines(ends[0]);
    forget_lines(ends[1]);
    if (scenario == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends[0]);
        leave_standard_streams();
        serve(ends[1]);
        _exit(0);
    }
    close(ends[1]);
    to_scenario = ends[0];
    opened = json_copy(json_get(request, "params"));
    pass_on(line, reply);
}

/* Asks the scenario how to come to where it stands, and runs the race from there. */
static void
race_from_here(const Json *request, const char *line, Text *reply)
{
    Text answer = {0};
    pass_on(line, &answer);
    Json *standing = json_read(text_of(&answer));
    const Json *replay = json_get(standing, "replay");
    if (replay) {
        run_race(request, opened, replay, reply);
    }
    else {
        text_print(reply, "%s", text_of(&answer));
    }
    json_free(standing);
    text_free(&answer);
}

/* Opens a scenario in the program that has its settings, which answers from then on until it is closed. */
static void
open_with_settings(const Json *request, const char *line, Text *reply)
{
    const Settled *settled = settle_on(json_get(request, "params"), interpreter);
    if (settled->socket < 0) {
        write_refusal(reply, json_get(request, "id"), text_of(&settled->code), text_of(&settled->why), NULL);
        return;
    }
    elsewhere = settled;
    ask_elsewhere(line, reply);
    Json *answer = json_read(text_of(reply));
    if (json_get(answer, "error")) {
        elsewhere = NULL;
    }
    json_free(answer);
}

static void
answer(const char *line, Text *reply)
{
    static const char *const methods[] = {"open", "step", "observe", "race", "close"};
    Json *request = json_read(line);
    const Json *id = json_get(request, "id");
    const char *method = json_string(request, "method");
    size_t known = 0;
    while (method && known < 5 && strcmp(methods[known], method) != 0) {
        known++;
    }
    if (id == NULL || method == NULL) {
        write_refusal(reply, NULL, "bad-message", "the line is no request", NULL);
    }
    else if (strcmp(method, "hello") == 0) {
        begin_reply(reply, id);
        text_print(reply, "\"result\":");
        write_hello(reply);
        text_print(reply, "}");
    }
    else if (known == 5) {
        write_refusal(reply, id, "unsupported", "the adapter does not have that method", NULL);
    }
    else if (elsewhere) {
        ask_elsewhere(line, reply);
        elsewhere = strcmp(method, "close") == 0 ? NULL : elsewhere;
    }
    else if (known == 0 && scenario == 0 && !has_settings && have_settings(json_get(request, "params"))
             && refusal_of(json_get(request, "params")) == NULL) {
        open_with_settings(request, line, reply);
    }
    else if (known == 0) {
        open_in_fork(request, line, reply);
    }
    else if (scenario == 0) {
        write_refusal(reply, id, "misuse", "no scenario is open", NULL);
    }
    else if (strcmp(method, "race") == 0) {
        race_from_here(request, line, reply);
    }
    else {
        pass_on(line, reply);
        if (strcmp(method, "close") == 0) {
            end_scenario();
        }
    }
    json_free(request);
}

/* Whether the interpreter has been brought up without a global lock. Such a lock would put threads to sleep unseen. */
static bool
has_no_lock(void)
{
    return _PyInterpreterState_GetConfig(_PyInterpreterState_Main())->enable_gil != _PyConfig_GIL_ENABLE;
}

/* Brings the interpreter up as the command line and the environment say, and tells who has started this program. */
static bool
bring_up_with_settings(char **options)
{
    Text why = {0};
    bool started = bring_up(interpreter, options, &why);
    if (!started) {
        say_how_it_started("refused-to-start", text_of(&why));
    }
    else if (!has_no_lock()) {
        say_how_it_started("unsupported", "the adapter serves no interpreter that has taken its global lock into use");
        started = false;
    }
    else {
        say_how_it_started(NULL, NULL);
    }
    text_free(&why);
    return started;
}

int
main(int count, char **words)
{
    signal(SIGPIPE, SIG_IGN);
    Text why = {0};
    interpreter = count > 1 && *words[1] ? words[1] : NULL;
    has_settings = count > 2 && strcmp(words[2], with_settings) == 0;
    if (has_settings && !bring_up_with_settings(words + 3)) {
        return 1;
    }
    if (!has_settings && !bring_up(interpreter, NULL, &why)) {
        fprintf(stderr, "the interpreter could not be brought up: %s\n", text_of(&why));
        return 1;
    }
    answer_lines(answer);
    if (scenario) {
        end_scenario();
    }
    end_settled();
    return 0;
}

#include "settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lines.h"

const char with_settings[] = "--with";

static Settled settled = {.socket = -1};
static Text settled_on; /* the settings, as text */

extern char **environ;

bool
have_settings(const Json *params)
{
    const Json *argv = json_get(params, "argv"), *env = json_get(params, "env");
    return (argv && argv->first) || (env && env->first);
}

static size_t
count_of(const Json *list)
{
    size_t count = 0;
    for (const Json *item = list ? list->first : NULL; item; item = item->next) {
        count++;
    }
    return count;
}

/* The command's words, up to a NULL. */
static char **
words_for(const char *interpreter, const Json *argv)
{
    char **words = calloc(count_of(argv) + 4, sizeof(char *)), **word = words;
    *word++ = "adapter";
    *word++ = (char *)interpreter;
    *word++ = (char *)with_settings;
    for (const Json *option = argv ? argv->first : NULL; option; option = option->next) {
        *word++ = option->text ? option->text : "";
    }
    return words;
}

/* This process's environment, but of what the interpreter reads only what the scenario says. */
static char **
environment_for(const Json *env)
{
    size_t count = count_of(env) + 1;
    for (char **entry = environ; *entry; entry++) {
        count++;
    }
    char **entries = calloc(count, sizeof(char *)), **next = entries;
    for (char **entry = environ; *entry; entry++) {
        if (strncmp(*entry, "PYTHON", strlen("PYTHON")) != 0) {
            *next++ = *entry;
        }
    }
    for (const Json *variable = env ? env->first : NULL; variable; variable = variable->next) {
        if (asprintf(next++, "%s=%s", variable->key, variable->text ? variable->text : "") < 0) {
            abort();
        }
    }
    return entries;
}

static void
start_program(const Json *params, const char *interpreter)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0 || (settled.process = fork()) < 0) {
        perror("a process for the settings");
        exit(1);
    }
    if (settled.process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(ends[1], STDIN_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        execve("/proc/self/exe", words_for(interpreter, json_get(params, "argv")), environment_for(json_get(params, "env")));
        perror("the program for the settings");
        _exit(1);
    }
    close(ends[1]);
    forget_lines(ends[0]);
    settled.socket = ends[0];
}

void
end_settled(void)
{
    if (settled.process == 0) {
        return;
    }
    if (settled.socket >= 0) {
        close(settled.socket);
    }
    waitpid(settled.process, NULL, 0);
    settled.process = 0;
    settled.socket = -1;
    text_free(&settled.code);
    text_free(&settled.why);
    text_free(&settled_on);
}

/* Hears how the interpreter has started. */
static void
hear_how_it_started(void)
{
    Text line = {0};
    bool told = receive_line(settled.socket, &line);
    Json *said = told ? json_read(text_of(&line)) : NULL;
    const char *code = said ? json_string(said, "code") : "died";
    if (code) {
        const char *why = json_string(said, "why");
        text_print(&settled.code, "%s", code);
        text_print(&settled.why, "%s", why ? why : "the interpreter's process ended before it had started");
        close(settled.socket);
        settled.socket = -1;
    }
    json_free(said);
    text_free(&line);
}

const Settled *
settle_on(const Json *params, const char *interpreter)
{
    Text wanted = {0};
    const Json *argv = json_get(params, "argv"), *env = json_get(params, "env");
    for (const Json *option = argv ? argv->first : NULL; option; option = option->next) {
        text_quote(&wanted, option->text);
    }
    text_print(&wanted, ";");
    for (const Json *variable = env ? env->first : NULL; variable; variable = variable->next) {
        text_quote(&wanted, variable->key);
        text_quote(&wanted, variable->text);
    }
    if (settled.process && strcmp(text_of(&wanted), text_of(&settled_on)) == 0) {
        text_free(&wanted);
        return &settled;
    }
    end_settled();
    settled_on = wanted;
    start_program(params, interpreter ? interpreter : "");
    hear_how_it_started();
    return &settled;
}

void
say_how_it_started(const char *code, const char *why)
{
    Text line = {0};
    text_print(&line, "{\"code\":");
    text_quote(&line, code);
    text_print(&line, ",\"why\":");
    text_quote(&line, why);
    text_print(&line, "}");
    send_line(STDOUT_FILENO, text_of(&line));
    text_free(&line);
}

/*
 * The subject's program for a build with a global lock, the default build.
 *
 * What is judged here exists in free-threaded builds only, so this program says who the interpreter is, claims
 * nothing, and offers nothing. It needs no more of the interpreter than the header that has its version.
 */
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <Python.h>

#include "../lines.h"
#include "../replies.h"

#ifdef Py_GIL_DISABLED
#  error "these are the headers of a free-threaded build"
#endif

/* Of what parameters count, the interpreter has none. The protocol knows no parameter that is absent. */
static const char no_parameters[] =
    "\"qsbr.sequence-bits\":0,\"qsbr.first\":\"0\",\"qsbr.step\":0,\"qsbr.deferral\":{\"rule\":\"calls\",\"limit\":0},"
    "\"qsbr.slots\":0,\"dfree.chunk\":0,\"dfree.at-safe-point\":false,\"brc.chunk\":0,\"brc.buckets\":0,"
    "\"brc.local-limit\":\"0\",\"brc.immortal-count\":\"0\",\"mutex.fair-after\":0,\"world.poll-every\":0";

static bool
is_one_of(const char *word, const char *const words[])
{
    while (*words && strcmp(word, *words) != 0) {
        words++;
    }
    return *words != NULL;
}

static void
write_hello(Text *reply, const Json *id)
{
    begin_reply(reply, id);
    text_print(reply, "\"result\":{\"name\":\"CPython (default build)\",\"version\":\"%s\",\"protocol\":1", PY_VERSION);
    text_print(reply, ",\"profiles\":[],\"depth\":\"stepped\",\"parameters\":{%s}}}", no_parameters);
}

static void
answer(const char *line, Text *reply)
{
    static const char *const within_a_scenario[] = {"step", "observe", "race", "close", NULL};
    Json *request = json_read(line);
    const Json *id = json_get(request, "id");
    const char *method = json_string(request, "method");
    if (id == NULL || method == NULL) {
        write_refusal(reply, NULL, "bad-message", "the line is no request", NULL);
    }
    else if (strcmp(method, "hello") == 0) {
        write_hello(reply, id);
    }
    else if (strcmp(method, "open") == 0) {
        write_refusal(reply, id, "unsupported", "the interpreter is a default build, which has none of what is judged here", NULL);
    }
    else if (is_one_of(method, within_a_scenario)) {
        write_refusal(reply, id, "misuse", "no scenario is open", NULL);
    }
    else {
        write_refusal(reply, id, "unsupported", "the adapter does not have that method", NULL);
    }
    json_free(request);
}

int
main(void)
{
    signal(SIGPIPE, SIG_IGN);
    answer_lines(answer);
    return 0;
}

#include "lines.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What was read ahead, for each descriptor. */
enum { MOST_DESCRIPTORS = 64, READ_AHEAD = 65536 };

static struct {
    char *bytes;
    size_t at, end;
} ahead[MOST_DESCRIPTORS];

bool
receive_line(int descriptor, Text *line)
{
    static char none;
    text_add(line, &none, 0);
    if (descriptor < 0 || descriptor >= MOST_DESCRIPTORS) {
        return false;
    }
    if (ahead[descriptor].bytes == NULL) {
        Text room = {0};
        char empty[READ_AHEAD] = {0};
        text_add(&room, empty, READ_AHEAD);
        ahead[descriptor].bytes = room.start;
    }
    for (;;) {
        char *from = ahead[descriptor].bytes + ahead[descriptor].at;
        size_t length = ahead[descriptor].end - ahead[descriptor].at;
        char *end = memchr(from, '\n', length);
        text_add(line, from, end ? (size_t)(end - from) : length);
        ahead[descriptor].at += end ? (size_t)(end - from) + 1 : length;
        if (end) {
            return true;
        }
        ssize_t count = read(descriptor, ahead[descriptor].bytes, READ_AHEAD);
        if (count <= 0 && !(count < 0 && errno == EINTR)) {
            ahead[descriptor].at = ahead[descriptor].end = 0;
            return false;
        }
        ahead[descriptor].at = 0;
        ahead[descriptor].end = count > 0 ? (size_t)count : 0;
    }
}

void
forget_lines(int descriptor)
{
    if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) {
        ahead[descriptor].at = ahead[descriptor].end = 0;
    }
}

bool
send_line(int descriptor, const char *line)
{
    size_t length = strlen(line);
    Text whole = {0};
    text_add(&whole, line, length);
    text_add(&whole, "\n", 1);
    size_t sent = 0;
    while (sent < whole.length) {
        ssize_t count = write(descriptor, whole.start + sent, whole.length - sent);
        if (count < 0 && errno != EINTR) {
            break;
        }
        sent += count > 0 ? (size_t)count : 0;
    }
    bool done = sent == whole.length;
    text_free(&whole);
    return done;
}

void
answer_lines(void (*answer)(const char *line, Text *reply))
{
    Text line = {0}, reply = {0};
    while (receive_line(STDIN_FILENO, &line)) {
        answer(text_of(&line), &reply);
        if (!send_line(STDOUT_FILENO, text_of(&reply))) {
            break;
        }
        text_empty(&line);
        text_empty(&reply);
    }
}

void
leave_standard_streams(void)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    close(nothing);
    forget_lines(STDIN_FILENO);
}

#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for more bytes and the zero byte after them. */
static void
make_room(Text *text, size_t more)
{
    if (text->length + more + 1 <= text->room) {
        return;
    }
    text->room = 2 * (text->length + more + 1);
    text->start = realloc(text->start, text->room);
    if (text->start == NULL) {
        fprintf(stderr, "the adapter has no memory left for its own texts\n");
        abort();
    }
}

void
text_add(Text *text, const char *bytes, size_t length)
{
    make_room(text, length);
    memcpy(text->start + text->length, bytes, length);
    text->length += length;
    text->start[text->length] = '\0';
}

void
text_print(Text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    make_room(text, (size_t)length);
    vsnprintf(text->start + text->length, (size_t)length + 1, format, again);
    text->length += (size_t)length;
    va_end(again);
    va_end(arguments);
}

void
text_quote(Text *text, const char *string)
{
    if (string == NULL) {
        text_print(text, "null");
        return;
    }
    text_quote_bytes(text, string, strlen(string));
}

void
text_quote_bytes(Text *text, const char *bytes, size_t length)
{
    text_add(text, "\"", 1);
    for (const unsigned char *at = (const unsigned char *)bytes; length > 0; at++, length--) {
        if (*at == '"' || *at == '\\') {
            text_print(text, "\\%c", *at);
        }
        else if (*at < ' ') {
            text_print(text, "\\u%04x", *at);
        }
        else {
            text_add(text, (const char *)at, 1);
        }
    }
    text_add(text, "\"", 1);
}

const char *
text_of(const Text *text)
{
    return text->start ? text->start : "";
}

void
text_empty(Text *text)
{
    text->length = 0;
    if (text->start) {
        text->start[0] = '\0';
    }
}

void
text_free(Text *text)
{
    free(text->start);
    *text = (Text){0};
}

/* Text that grows as it is written. */
#ifndef ADAPTER_TEXT_H
#define ADAPTER_TEXT_H

#include <stddef.h>

typedef struct Text {
    char *start; /* ends with a zero byte, or is NULL while nothing was written */
    size_t length;
    size_t room;
} Text;

void text_add(Text *text, const char *bytes, size_t length);
void text_print(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a string as JSON writes it, quotation marks included; null for NULL. */
void text_quote(Text *text, const char *string);

/* The same of so many bytes, zeros among them. */
void text_quote_bytes(Text *text, const char *bytes, size_t length);

/* What was written, never NULL. */
const char *text_of(const Text *text);

void text_empty(Text *text);
void text_free(Text *text);

#endif

#include "json.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* No message of the protocol is nested deeper. */
enum { DEEPEST = 64 };

typedef struct Reader {
    const char *at;
    int depth;
    bool failed;
} Reader;

static Json *read_value(Reader *reader);

static void
skip_spaces(Reader *reader)
{
    while (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\r' || *reader->at == '\n') {
        reader->at++;
    }
}

static bool
skip(Reader *reader, char expected)
{
    skip_spaces(reader);
    if (*reader->at != expected) {
        return false;
    }
    reader->at++;
    return true;
}

static Json *
make(JsonKind kind)
{
    Json *json = calloc(1, sizeof(Json));
    json->kind = kind;
    return json;
}

static int
hex_digits(const char *at, unsigned *value)
{
    *value = 0;
    for (int digit = 0; digit < 4; digit++) {
        int c = (unsigned char)at[digit];
        if (!isxdigit(c)) {
            return -1;
        }
        *value = *value * 16 + (unsigned)(isdigit(c) ? c - '0' : tolower(c) - 'a' + 10);
    }
    return 0;
}

/* Adds a character as UTF-8. */
static void
add_character(Text *text, unsigned c)
{
    char bytes[4];
    size_t length;
    if (c < 0x80) {
        bytes[0] = (char)c;
        length = 1;
    }
    else if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        length = 2;
    }
    else if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        length = 3;
    }
    else {
        bytes[0] = (char)(0xF0 | c >> 18);
        bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (c & 0x3F));
        length = 4;
    }
    text_add(text, bytes, length);
}

static void
read_escape(Reader *reader, Text *text)
{
    static const char escaped[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    unsigned c, low;
    char letter = *reader->at;
    const char *found = letter ? strchr(escaped, letter) : NULL;
    if (found) {
        text_add(text, &meant[found - escaped], 1);
        reader->at++;
        return;
    }
    if (letter != 'u' || hex_digits(reader->at + 1, &c) < 0) {
        reader->failed = true;
        return;
    }
    reader->at += 5;
    bool high = c >= 0xD800 && c < 0xDC00;
    if (high && reader->at[0] == '\\' && reader->at[1] == 'u' && hex_digits(reader->at + 2, &low) == 0) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        reader->at += 6;
    }
    add_character(text, c);
}

static char *
read_string(Reader *reader)
{
    Text text = {0};
    text_add(&text, "", 0);
    while (*reader->at != '"' && !reader->failed) {
        if ((unsigned char)*reader->at < ' ') {
            reader->failed = true;
        }
        else if (*reader->at == '\\') {
            reader->at++;
            read_escape(reader, &text);
        }
        else {
            text_add(&text, reader->at++, 1);
        }
    }
    reader->at++;
    return text.start;
}

static Json *
read_items(Reader *reader, JsonKind kind, char end)
{
    Json *json = make(kind);
    Json **last = &json->first;
    if (skip(reader, end)) {
        return json;
    }
    do {
        char *key = NULL;
        if (kind == JSON_OBJECT) {
            if (!skip(reader, '"')) {
                reader->failed = true;
                return json;
            }
            key = read_string(reader);
            reader->failed |= !skip(reader, ':');
        }
        Json *item = reader->failed ? make(JSON_NULL) : read_value(reader);
        item->key = key;
        *last = item;
        last = &item->next;
    } while (!reader->failed && skip(reader, ','));
    reader->failed |= !skip(reader, end);
    return json;
}

static bool
read_word(Reader *reader, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(reader->at, word, length) != 0) {
        return false;
    }
    reader->at += length;
    return true;
}

static Json *
read_number(Reader *reader)
{
    size_t length = strspn(reader->at, "+-.0123456789eE");
    Json *json = make(JSON_NUMBER);
    json->text = strndup(reader->at, length);
    reader->failed |= length == 0;
    reader->at += length;
    return json;
}

static Json *
read_value(Reader *reader)
{
    Json *json;
    if (++reader->depth > DEEPEST) {
        reader->failed = true;
        return make(JSON_NULL);
    }
    if (skip(reader, '{')) {
        json = read_items(reader, JSON_OBJECT, '}');
    }
    else if (skip(reader, '[')) {
        json = read_items(reader, JSON_ARRAY, ']');
    }
    else if (skip(reader, '"')) {
        json = make(JSON_STRING);
        json->text = read_string(reader);
    }
    else if (read_word(reader, "true")) {
        json = make(JSON_BOOLEAN);
        json->truth = true;
    }
    else if (read_word(reader, "false")) {
        json = make(JSON_BOOLEAN);
    }
    else if (read_word(reader, "null")) {
        json = make(JSON_NULL);
    }
    else {
        json = read_number(reader);
    }
    reader->depth--;
    return json;
}

Json *
json_read(const char *text)
{
    Reader reader = {.at = text};
    Json *json = read_value(&reader);
    skip_spaces(&reader);
    if (reader.failed || *reader.at != '\0') {
        json_free(json);
        return NULL;
    }
    return json;
}

Json *
json_copy(const Json *json)
{
    if (json == NULL) {
        return NULL;
    }
    Json *copy = make(json->kind);
    copy->key = json->key ? strdup(json->key) : NULL;
    copy->text = json->text ? strdup(json->text) : NULL;
    copy->truth = json->truth;
    Json **last = &copy->first;
    for (const Json *item = json->first; item; item = item->next) {
        *last = json_copy(item);
        last = &(*last)->next;
    }
    return copy;
}

void
json_free(Json *json)
{
    while (json) {
        Json *next = json->next;
        json_free(json->first);
        free(json->key);
        free(json->text);
        free(json);
        json = next;
    }
}

void
json_write(Text *text, const Json *json)
{
    switch (json->kind) {
    case JSON_NULL:
        text_print(text, "null");
        return;
    case JSON_BOOLEAN:
        text_print(text, json->truth ? "true" : "false");
        return;
    case JSON_NUMBER:
        text_print(text, "%s", json->text);
        return;
    case JSON_STRING:
        text_quote(text, json->text);
        return;
    case JSON_ARRAY:
    case JSON_OBJECT:
        break;
    }
    bool object = json->kind == JSON_OBJECT;
    text_print(text, object ? "{" : "[");
    for (const Json *item = json->first; item; item = item->next) {
        if (object) {
            text_quote(text, item->key);
            text_print(text, ":");
        }
        json_write(text, item);
        text_print(text, item->next ? "," : "");
    }
    text_print(text, object ? "}" : "]");
}

const Json *
json_get(const Json *object, const char *key)
{
    for (const Json *item = object ? object->first : NULL; item; item = item->next) {
        if (item->key && strcmp(item->key, key) == 0) {
            return item;
        }
    }
    return NULL;
}

const char *
json_string(const Json *object, const char *key)
{
    const Json *item = json_get(object, key);
    return item && item->kind == JSON_STRING ? item->text : NULL;
}

bool
json_true(const Json *object, const char *key)
{
    const Json *item = json_get(object, key);
    return item && item->truth;
}

double
json_number(const Json *object, const char *key, double otherwise)
{
    const Json *item = json_get(object, key);
    return item && item->text ? strtod(item->text, NULL) : otherwise;
}

int64_t
json_integer(const Json *object, const char *key, int64_t otherwise)
{
    const Json *item = json_get(object, key);
    return item && item->text ? strtoll(item->text, NULL, 10) : otherwise;
}

uint64_t
json_unsigned(const Json *object, const char *key)
{
    const Json *item = json_get(object, key);
    return item && item->text ? strtoull(item->text, NULL, 10) : 0;
}

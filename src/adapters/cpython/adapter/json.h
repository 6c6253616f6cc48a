/* JSON, read into a tree. Numbers keep the digits they were written with. */
#ifndef ADAPTER_JSON_H
#define ADAPTER_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

typedef enum { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } JsonKind;

typedef struct Json {
    JsonKind kind;
    char *key;          /* within an object */
    char *text;         /* a string's characters, a number's digits */
    bool truth;         /* a boolean's value */
    struct Json *first; /* the first item of an array or an object */
    struct Json *next;  /* the next item of what this one is in */
} Json;

/* Reads one value that takes up the whole text. Answers NULL if it is none. */
Json *json_read(const char *text);
Json *json_copy(const Json *json);
void json_free(Json *json);
void json_write(Text *text, const Json *json);

/* A member of an object; NULL if there is none, or nothing to look into. */
const Json *json_get(const Json *object, const char *key);

/* A member's string; NULL if there is none, or it is no string. */
const char *json_string(const Json *object, const char *key);
bool json_true(const Json *object, const char *key);

/* A member's number, or the same written as a string; `otherwise` if there is none. */
double json_number(const Json *object, const char *key, double otherwise);
int64_t json_integer(const Json *object, const char *key, int64_t otherwise);
uint64_t json_unsigned(const Json *object, const char *key);

#endif

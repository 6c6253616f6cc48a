#include "tokens.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

enum { BUCKETS = 1024 };

typedef struct Token {
    const void *at;
    int number;
    struct Token *next;
} Token;

/* Threads that race free things at once. */
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static Token *buckets[BUCKETS];
static int given;

static Token **
link_to(const void *at)
{
    Token **link = &buckets[((uintptr_t)at >> 3) % BUCKETS];
    while (*link && (*link)->at != at) {
        link = &(*link)->next;
    }
    return link;
}

void
write_token(Text *text, const void *at)
{
    pthread_mutex_lock(&guard);
    Token **link = link_to(at);
    if (*link == NULL) {
        *link = calloc(1, sizeof(Token));
        **link = (Token){at, ++given, NULL};
    }
    int number = (*link)->number;
    pthread_mutex_unlock(&guard);
    text_print(text, "\"%d\"", number);
}

void
retire_token(const void *at)
{
    if (__atomic_load_n(&given, __ATOMIC_RELAXED) == 0) {
        return;
    }
    pthread_mutex_lock(&guard);
    Token **link = link_to(at);
    Token *token = *link;
    if (token) {
        *link = token->next;
    }
    pthread_mutex_unlock(&guard);
    free(token);
}

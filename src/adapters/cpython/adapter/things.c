#include "things.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 4096 };

/* Many threads name and bury things at once while they race. */
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static Thing *by_name[BUCKETS];
static Thing *by_address[BUCKETS];
static Thing *objects;

static unsigned
hash_of_name(Kind kind, const char *name)
{
    unsigned hash = (unsigned)kind + 5381;
    while (*name) {
        hash = hash * 33 + (unsigned char)*name++;
    }
    return hash % BUCKETS;
}

static unsigned
hash_of_address(const void *at)
{
    return (unsigned)(((uintptr_t)at >> 4) % BUCKETS);
}

static Thing *
find_by_name(Kind kind, const char *name)
{
    Thing *thing = by_name[hash_of_name(kind, name)];
    while (thing && (thing->kind != kind || strcmp(thing->name, name) != 0)) {
        thing = thing->next_by_name;
    }
    return thing;
}

static bool
take_out(Thing *thing)
{
    if (!thing->alive) {
        return false;
    }
    thing->alive = false;
    Thing **link = &by_address[hash_of_address(thing->at)];
    while (*link != thing) {
        link = &(*link)->next_by_address;
    }
    *link = thing->next_by_address;
    link = &objects;
    while (*link && *link != thing) {
        link = &(*link)->next_object;
    }
    if (*link) {
        *link = thing->next_object;
    }
    return true;
}

Thing *
name_thing(Kind kind, const char *name, void *at)
{
    pthread_mutex_lock(&guard);
    Thing *thing = find_by_name(kind, name);
    if (thing == NULL) {
        thing = calloc(1, sizeof(Thing));
        thing->kind = kind;
        thing->name = strdup(name);
        Thing **bucket = &by_name[hash_of_name(kind, name)];
        thing->next_by_name = *bucket;
        *bucket = thing;
    }
    take_out(thing);
    thing->at = at;
    thing->alive = true;
    thing->finalizations = 0;
    Thing **bucket = &by_address[hash_of_address(at)];
    thing->next_by_address = *bucket;
    *bucket = thing;
    if (kind == OBJECT) {
        thing->next_object = objects;
        objects = thing;
    }
    pthread_mutex_unlock(&guard);
    return thing;
}

Thing *
find_thing(Kind kind, const char *name)
{
    if (name == NULL) {
        return NULL;
    }
    pthread_mutex_lock(&guard);
    Thing *thing = find_by_name(kind, name);
    pthread_mutex_unlock(&guard);
    return thing;
}

static Thing *
find_in(const void *at, Kind lowest, Kind highest)
{
    pthread_mutex_lock(&guard);
    Thing *thing = at ? by_address[hash_of_address(at)] : NULL;
    while (thing && (thing->at != at || thing->kind < lowest || thing->kind > highest)) {
        thing = thing->next_by_address;
    }
    pthread_mutex_unlock(&guard);
    return thing;
}

Thing *
find_at(Kind kind, const void *at)
{
    return find_in(at, kind, kind);
}

Thing *
find_lock_at(const void *at)
{
    return find_in(at, MUTEX, SLOT);
}

bool
bury(Thing *thing)
{
    pthread_mutex_lock(&guard);
    bool was_alive = take_out(thing);
    pthread_mutex_unlock(&guard);
    return was_alive;
}

Thing *
first_object(void)
{
    return objects;
}

void
each_thing(Kind kind, void (*visit)(Thing *thing, void *argument), void *argument)
{
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
        for (Thing *thing = by_name[bucket]; thing; thing = thing->next_by_name) {
            if (thing->kind == kind) {
                visit(thing, argument);
            }
        }
    }
}

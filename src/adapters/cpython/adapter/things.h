/*
 * Things: what the scenario gave names to.
 *
 * Names belong to the scenario, addresses to the interpreter. A name stays when the thing is gone;
 * an address is another's by then, so only things that are alive are found by address.
 */
#ifndef ADAPTER_THINGS_H
#define ADAPTER_THINGS_H

#include "actors.h"

typedef enum { OBJECT, BLOCK, LIST, MUTEX, EVENT, ONCE, RWLOCK, CELL, SLOT, INTERPRETER, KINDS } Kind;

typedef struct Thing {
    Kind kind;
    char *name;
    void *at;
    bool alive;
    /* Of an object: what its finalizer does, how often it ran, and what was last seen of its header. */
    Json *finalizer;
    int finalizations;
    Py_ssize_t seen_flags;
    bool seen_immortal;
    /* Of a block: which allocator it is from, and what it was filled with, or the list whose items it holds. */
    bool from_objects;
    uint64_t filling;
    struct Thing *list;
    /* Of a list: the number of its newest block. */
    int blocks;
    /* Of a mutex: who holds it, as far as the steps told; a mutex does not know. */
    Actor *holder;
    struct Thing *next_by_name;
    struct Thing *next_by_address;
    struct Thing *next_object; /* all objects that are alive */
} Thing;

Thing *name_thing(Kind kind, const char *name, void *at);
Thing *find_thing(Kind kind, const char *name);

/* The thing at an address that is alive and of that kind; NULL if there is none. */
Thing *find_at(Kind kind, const void *at);

/* A mutex, an event, a cell, or anything else to sleep on, at an address. */
Thing *find_lock_at(const void *at);

/* The thing is gone: from now on it is not found by its address. Answers false if it was gone already. */
bool bury(Thing *thing);

/* Objects that are alive. */
Thing *first_object(void);

/* Calls back with everything of a kind, the dead included. */
void each_thing(Kind kind, void (*visit)(Thing *thing, void *argument), void *argument);

#endif

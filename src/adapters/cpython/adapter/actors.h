/*
 * Actors and their seats.
 *
 * An actor is a name in the scenario. A seat is the OS thread on which the actor acts. The two are
 * kept apart because a thread's identity outlives the thread: an actor that enters under the
 * identity of one that has exited sits down on the same seat, and so really has the same thread id.
 */
#ifndef ADAPTER_ACTORS_H
#define ADAPTER_ACTORS_H

#include <pthread.h>
#include <semaphore.h>
#include <sys/types.h>

#include "json.h"
#include "python.h"

enum {
    MOST_ACTORS = 256,
    MOST_RACERS = 32,
    MOST_STATES = 8,    /* thread states that one actor may have at a time */
    MOST_SECTIONS = 16, /* critical sections that one actor may be in */
    REQUESTS = 8,       /* kinds of requests: the events of the eval breaker */
};

typedef struct Actor Actor;

/* What ended a sleep. */
typedef enum { SLEEPING, POSTED, EXPIRED, INTERRUPTED } Waking;

/* A step, or the program of a race, and what came of it. */
typedef struct Job {
    const char *op;
    const Json *args;
    const Json *program; /* of a race; then op and args are not used */
    /* What the host wants done on this thread, for an observation; then nothing else is used. */
    void (*visit)(void *argument);
    void *argument;
    Text facts;          /* the facts of the step; the answers of the race */
    const char *code;    /* why the step was refused; NULL if it was not */
    char *message;
} Job;

/* Deadlines are virtual nanoseconds. */
#define NEVER INT64_MAX

typedef struct Seat {
    pthread_t thread;
    pthread_cond_t turn;
    uintptr_t identity; /* the thread id that the interpreter knows it by */
    Actor *occupant;    /* who sits here now */
    Job *job;           /* what it is doing; NULL if nothing */
    /* While it sleeps: on what semaphore, since when, until when, and what has ended that. */
    sem_t *semaphore;
    int64_t deadline;
    uint64_t since;
    Waking waking;
    uint64_t woken; /* the place among those who were woken */
    /* The address it is parked on in the parking lot, or NULL; known from the real call. */
    const void *parked_at;
    bool handed_off; /* whether a lock was given to it as it was woken */
    struct _stoptheworld_state *stopped; /* the pause that it has begun and not ended; NULL without one */
    uint64_t chance; /* what a racer draws its delays from */
    int posts;       /* how many sleepers it has woken itself */
} Seat;

struct Actor {
    char *name;
    Seat *seat; /* NULL for one that only exists in another process */
    PyThreadState *states[MOST_STATES];
    int state_count;
    /* What its handlers do, by request. */
    struct {
        Json *program;
        bool fails;
    } handlers[REQUESTS];
    /* Critical sections stay at one address from beginning to end, also if the actor has another name after a fork.
       A single one is the base of a double one. */
    PyCriticalSection2 *sections[MOST_SECTIONS];
    bool double_section[MOST_SECTIONS];
    int section_count;
    /* The step that is under way or was last ended, and whether its outcome can still be asked for. */
    Job job;
    Json *request; /* what the job's names point into */
    bool has_outcome;
    /* Which handler has failed at the safe point that is being passed; -1 for none. */
    int failed;
    /* The bits of what was served since that safe point began, as far as the interpreter calls us for it. */
    uintptr_t met;
    /* The process that it lives in since a fork, and the socket to that; the socket is -1 if it is this one. */
    pid_t child_process;
    int child;
};

extern Actor actors[MOST_ACTORS];
extern int actor_count;

/* The seat of the calling thread; NULL on the host's. */
extern __thread Seat *me;

Actor *find_actor(const char *name);
Actor *add_actor(const char *name);

/* The thread state that is meant: the last one. NULL without one. */
PyThreadState *state_of(const Actor *actor);
bool is_attached(const Actor *actor);
void push_state(Actor *actor, PyThreadState *state);

/* The actor whose thread state this is; NULL if it is nobody's. */
Actor *actor_with_state(const PyThreadState *state);
void forget_state(const void *state);

/* Who has that thread id. NULL for nobody that the scenario knows. */
Actor *actor_with_identity(uintptr_t identity);

#endif

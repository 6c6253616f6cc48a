#include "turns.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "events.h"
#include "operations.h"

bool running_free;
int64_t virtual_now = 1000000000;

/* Guards who has the turn. The rest needs no guard: only who has the turn touches it. */
static pthread_mutex_t turns = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t host_turn = PTHREAD_COND_INITIALIZER;
static Seat *running;      /* who has the turn; NULL while the host has it */
static uint64_t wakings;   /* how many were woken so far */

/* A race begins when all that take part are at the line. */
static pthread_mutex_t finish = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t finished = PTHREAD_COND_INITIALIZER;
static int racing;         /* racers that have not ended */
static int at_the_line;    /* racers that wait for the start; atomic */
static int race_size;

/* How often a racer looks for the others before it gives its processor to somebody else. */
enum { PATIENCE = 2000 };

/* Racers dawdle for less than two to the power of the first, in nanoseconds or so; up to the second they keep their processor. */
enum { LONGEST_DELAY = 22, LONGEST_SPIN = 15 };

static void
wait_for_turn(Seat *seat)
{
    pthread_mutex_lock(&turns);
    while (running != seat) {
        pthread_cond_wait(&seat->turn, &turns);
    }
    pthread_mutex_unlock(&turns);
}

/*
 * A racer dawdles before each operation, so that the racers meet at different points each time. Short delays make
 * operations meet in their middle, long ones let one be over before the other begins; so every order of magnitude is
 * as likely as any other.
 */
void
dawdle(void)
{
    me->chance = me->chance * 6364136223846793005u + 1442695040888963407u;
    uint64_t magnitude = (me->chance >> 59) % LONGEST_DELAY;
    uint64_t delay = (me->chance >> 24) & ((1u << magnitude) - 1);
    if (magnitude > LONGEST_SPIN) {
        struct timespec nanoseconds = {0, (long)delay};
        nanosleep(&nanoseconds, NULL);
        return;
    }
    for (volatile uint64_t spin = 0; spin < delay; spin++) {
    }
}

static void
start_racing(void)
{
    __atomic_add_fetch(&at_the_line, 1, __ATOMIC_SEQ_CST);
    for (int spins = 0; __atomic_load_n(&at_the_line, __ATOMIC_SEQ_CST) < race_size; spins++) {
        /* Those who are missing may need this processor. */
        if (spins > PATIENCE) {
            sched_yield();
        }
    }
}

static void *
live(void *argument)
{
    Seat *seat = argument;
    me = seat;
    seat->identity = _Py_ThreadId();
    for (;;) {
        wait_for_turn(seat);
        Actor *actor = seat->occupant;
        if (seat->job == NULL) {
            /* The first turn of all: it was only to be there. */
        }
        else if (seat->job->program) {
            /* The turn is given back at once: from here on everybody runs. */
            pthread_mutex_lock(&turns);
            running = NULL;
            pthread_cond_signal(&host_turn);
            pthread_mutex_unlock(&turns);
            start_racing();
            perform_race(actor, seat->job);
            pthread_mutex_lock(&finish);
            seat->job = NULL;
            racing--;
            pthread_cond_signal(&finished);
            pthread_mutex_unlock(&finish);
            continue;
        }
        else if (seat->job->visit) {
            seat->job->visit(seat->job->argument);
            seat->job = NULL;
        }
        else {
            perform_job(actor, seat->job);
            seat->job = NULL;
        }
        pthread_mutex_lock(&turns);
        running = NULL;
        pthread_cond_signal(&host_turn);
        pthread_mutex_unlock(&turns);
    }
    return NULL;
}

/* Called by the host. */
static void
give_turn(Seat *seat)
{
    pthread_mutex_lock(&turns);
    running = seat;
    pthread_cond_signal(&seat->turn);
    while (running != NULL) {
        pthread_cond_wait(&host_turn, &turns);
    }
    pthread_mutex_unlock(&turns);
}

void
wait_for_turn_to_end(void)
{
    pthread_mutex_lock(&turns);
    while (running != NULL) {
        pthread_cond_wait(&host_turn, &turns);
    }
    pthread_mutex_unlock(&turns);
}

void
give_turn_back(void)
{
    pthread_mutex_lock(&turns);
    running = NULL;
    pthread_cond_signal(&host_turn);
    while (running != me) {
        pthread_cond_wait(&me->turn, &turns);
    }
    pthread_mutex_unlock(&turns);
}

void
seat_actor(Actor *actor)
{
    Seat *seat = calloc(1, sizeof(Seat));
    pthread_cond_init(&seat->turn, NULL);
    seat->deadline = NEVER;
    seat->occupant = actor;
    actor->seat = seat;
    pthread_create(&seat->thread, NULL, live, seat);
    give_turn(seat);
}

bool
is_asleep(const Actor *actor)
{
    return actor->seat && actor->seat->semaphore != NULL && actor->seat->occupant == actor;
}

void
wake(Seat *seat, Waking waking)
{
    if (seat->waking != SLEEPING) {
        return;
    }
    seat->waking = waking;
    seat->woken = ++wakings;
}

Seat *
sleeper_on(const sem_t *semaphore)
{
    for (int index = 0; index < actor_count; index++) {
        Seat *seat = actors[index].seat;
        if (seat && seat->semaphore == semaphore && seat->waking == SLEEPING) {
            return seat;
        }
    }
    return NULL;
}

static Seat *
woken_first(void)
{
    Seat *first = NULL;
    for (int index = 0; index < actor_count; index++) {
        Seat *seat = actors[index].seat;
        if (seat && seat->semaphore && seat->waking != SLEEPING && (first == NULL || seat->woken < first->woken)) {
            first = seat;
        }
    }
    return first;
}

void
settle(void)
{
    for (Seat *seat = woken_first(); seat; seat = woken_first()) {
        Job *job = seat->job;
        give_turn(seat);
        if (seat->job == NULL) {
            tell_end(seat->occupant, job);
        }
    }
}

void
visit(Seat *seat, void (*act)(void *argument), void *argument)
{
    Job job = {.visit = act, .argument = argument};
    seat->job = &job;
    give_turn(seat);
    if (seat->job) {
        fprintf(stderr, "whoever was to look for the host has gone to sleep\n");
        abort();
    }
}

void
run_and_settle(Seat *seat)
{
    give_turn(seat);
    settle();
}

static Seat *
first_deadline(void)
{
    Seat *first = NULL;
    for (int index = 0; index < actor_count; index++) {
        Seat *seat = actors[index].seat;
        if (seat == NULL || seat->semaphore == NULL || seat->waking != SLEEPING || seat->deadline == NEVER) {
            continue;
        }
        if (first == NULL || seat->deadline < first->deadline
            || (seat->deadline == first->deadline && seat->since < first->since)) {
            first = seat;
        }
    }
    return first;
}

void
pass_time(int64_t nanoseconds)
{
    int64_t until = virtual_now + nanoseconds;
    for (Seat *seat = first_deadline(); seat && seat->deadline <= until; seat = first_deadline()) {
        if (seat->deadline > virtual_now) {
            virtual_now = seat->deadline;
        }
        wake(seat, EXPIRED);
        settle();
    }
    virtual_now = until;
}

void
take_over_after_fork(void *(*host)(void *))
{
    pthread_t thread;
    pthread_mutex_init(&turns, NULL);
    pthread_cond_init(&host_turn, NULL);
    pthread_cond_init(&me->turn, NULL);
    running = me;
    pthread_create(&thread, NULL, host, NULL);
}

bool
run_together(Actor **racers, int count, uint64_t seed, int milliseconds)
{
    struct timespec limit;
    race_size = racing = count;
    at_the_line = 0;
    running_free = true;
    for (int index = 0; index < count; index++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        racers[index]->seat->chance = seed;
        give_turn(racers[index]->seat);
    }
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += milliseconds / 1000;
    pthread_mutex_lock(&finish);
    int error = 0;
    while (racing > 0 && error != ETIMEDOUT) {
        error = pthread_cond_timedwait(&finished, &finish, &limit);
    }
    bool ended = racing == 0;
    pthread_mutex_unlock(&finish);
    return ended;
}

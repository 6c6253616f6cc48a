/*
 * Turns: between two steps nothing happens at all.
 *
 * Exactly one thread runs at a time, a seat's or the host's. A seat runs until its step ends or
 * until it sleeps in a semaphore (`sleep.c`). Then the host lets those go on who were woken, the
 * one woken first first, until nobody can. The interpreter's own code is not changed by this: it
 * sees threads that are slow to run and wake up in one order of the many that are possible.
 *
 * In a race everybody runs at once, and nobody takes turns.
 */
#ifndef ADAPTER_TURNS_H
#define ADAPTER_TURNS_H

#include "actors.h"

/* Whether threads run as they like: while a race is on. */
extern bool running_free;

/* Virtual nanoseconds. They pass only when the scenario says so. */
extern int64_t virtual_now;

/* Makes a thread for an actor, which waits for its turn. */
void seat_actor(Actor *actor);

/* Lets a seat run until it ends its job or sleeps, and after it everybody who was woken. */
void run_and_settle(Seat *seat);

/* Calls back on the thread of a seat that does nothing, which must not sleep meanwhile. */
void visit(Seat *seat, void (*act)(void *argument), void *argument);

/* Lets everybody go on who was woken. Whose step ends is told as an event. */
void settle(void);

/* Moves the clock, and ends every sleep whose time is up at its own moment. */
void pass_time(int64_t nanoseconds);

/* Lets a racer be late by a moment that chance decides. */
void dawdle(void);

/* Lets time pass for everybody who races. */
void pass_time_in_race(int64_t nanoseconds);

/* Ends a seat's sleep, unless it has ended. */
void wake(Seat *seat, Waking waking);
Seat *sleeper_on(const sem_t *semaphore);
bool is_asleep(const Actor *actor);

/* Makes a real signal of a race end the sleep of whom it reaches. */
void expect_interrupts(void);
void interrupt_in_race(const Seat *seat);

/* Called by a seat's thread: gives the turn to the host and waits until it has it again. */
void give_turn_back(void);

/* After a fork, in the child: the calling thread is the only seat, and has the turn. `host` gets a thread of its own. */
void take_over_after_fork(void *(*host)(void *));

/* Called by the new host: waits until the seat that had the turn has ended its step or sleeps. */
void wait_for_turn_to_end(void);

/* Runs the jobs of these actors all at once. Answers false if they had not ended after so many milliseconds. */
bool run_together(Actor **racers, int count, uint64_t seed, int milliseconds);

#endif

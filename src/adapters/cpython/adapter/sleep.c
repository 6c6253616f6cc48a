/*
 * Where threads sleep: the semaphores beneath the interpreter's parking lot, and its clock.
 *
 * The interpreter sleeps in one place only, a POSIX semaphore, and knows the time from one function.
 * The linker puts the functions here in between (`--wrap`). A seat that would sleep gives its turn
 * back instead, and the host knows who sleeps on what: that somebody is parked is a fact and not a
 * time that has passed. The semaphores are the real ones and their counts decide. Everything above
 * them (spinning, parking, handing off, giving up) is the interpreter's own work.
 */
#include <errno.h>
#include <signal.h>
#include <time.h>

#include "events.h"
#include "turns.h"
#include "watch.h"

/* Nanoseconds by which the clock of a race is ahead of the real one; atomic. */
static int64_t ahead;

/* How long a racer sleeps before it looks at that clock again. */
enum { LOOK_AGAIN = 100000 };

int __real_sem_wait(sem_t *semaphore);
int __real_sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *until);
int __real_sem_post(sem_t *semaphore);
int __real_PyTime_MonotonicRaw(PyTime_t *result);

int __wrap_sem_wait(sem_t *semaphore);
int __wrap_sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *until);
int __wrap_sem_post(sem_t *semaphore);
int __wrap_PyTime_MonotonicRaw(PyTime_t *result);

static uint64_t sleeps;

/* Whether the calling thread takes turns with others. */
static bool
takes_turns(void)
{
    return me != NULL && !running_free;
}

static int
sleep_until(sem_t *semaphore, int64_t deadline)
{
    if (sem_trywait(semaphore) == 0) {
        return 0;
    }
    look();
    if (deadline <= virtual_now) {
        errno = ETIMEDOUT;
        return -1;
    }
    me->semaphore = semaphore;
    me->deadline = deadline;
    me->since = ++sleeps;
    me->waking = SLEEPING;
    Text on = {0};
    describe_sleep(me, &on);
    emit(me->occupant, "parked", "on", text_of(&on), NULL);
    text_free(&on);
    give_turn_back();
    me->semaphore = NULL;
    me->deadline = NEVER;
    if (sem_trywait(semaphore) == 0) {
        return 0;
    }
    errno = me->waking == INTERRUPTED ? EINTR : ETIMEDOUT;
    return -1;
}

/* In a race the sleep is a real one, and ends with the semaphore, a signal, or the time, whichever comes first. */
static int
sleep_in_race(sem_t *semaphore, clockid_t clock, int64_t deadline)
{
    for (;;) {
        PyTime_t real;
        (void)__real_PyTime_MonotonicRaw(&real);
        int64_t left = deadline - real - __atomic_load_n(&ahead, __ATOMIC_SEQ_CST);
        int64_t until = real + (left < 0 ? 0 : left < LOOK_AGAIN ? left : LOOK_AGAIN);
        struct timespec when = {until / 1000000000, until % 1000000000};
        int result = __real_sem_clockwait(semaphore, clock, &when);
        if (result == 0 || errno != ETIMEDOUT || left <= 0) {
            return result;
        }
    }
}

void
pass_time_in_race(int64_t nanoseconds)
{
    __atomic_add_fetch(&ahead, nanoseconds, __ATOMIC_SEQ_CST);
}

static void
note_nothing(int signal)
{
    (void)signal;
}

/* The signal does nothing but end a system call: it is what becomes of an interrupt when the real semaphores sleep. */
void
expect_interrupts(void)
{
    struct sigaction action = {.sa_handler = note_nothing};
    sigaction(SIGUSR2, &action, NULL);
}

void
interrupt_in_race(const Seat *seat)
{
    pthread_kill(seat->thread, SIGUSR2);
}

int
__wrap_sem_wait(sem_t *semaphore)
{
    return takes_turns() ? sleep_until(semaphore, NEVER) : __real_sem_wait(semaphore);
}

int
__wrap_sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *until)
{
    if (me == NULL) {
        return __real_sem_clockwait(semaphore, clock, until);
    }
    if (running_free) {
        return sleep_in_race(semaphore, clock, (int64_t)until->tv_sec * 1000000000 + until->tv_nsec);
    }
    return sleep_until(semaphore, (int64_t)until->tv_sec * 1000000000 + until->tv_nsec);
}

int
__wrap_sem_post(sem_t *semaphore)
{
    int result = __real_sem_post(semaphore);
    if (me) {
        me->posts++;
    }
    Seat *sleeper = takes_turns() ? sleeper_on(semaphore) : NULL;
    if (sleeper) {
        look();
        wake(sleeper, POSTED);
        if (sleeper->handed_off) {
            emit(me->occupant, "handed-off", "thread", sleeper->occupant->name, NULL);
        }
        emit(me->occupant, "woken", "thread", sleeper->occupant->name, NULL);
    }
    return result;
}

/* The clock of everything that waits. In a race it is the real one, because the sleeps are, and what the racers let pass. */
int
__wrap_PyTime_MonotonicRaw(PyTime_t *result)
{
    if (takes_turns()) {
        *result = virtual_now;
        return 0;
    }
    int status = __real_PyTime_MonotonicRaw(result);
    *result += __atomic_load_n(&ahead, __ATOMIC_SEQ_CST);
    return status;
}

#include "actors.h"

#include <string.h>

Actor actors[MOST_ACTORS];
int actor_count;
__thread Seat *me;

Actor *
find_actor(const char *name)
{
    for (int index = 0; name && index < actor_count; index++) {
        if (strcmp(actors[index].name, name) == 0) {
            return &actors[index];
        }
    }
    return NULL;
}

Actor *
add_actor(const char *name)
{
    if (actor_count == MOST_ACTORS) {
        return NULL;
    }
    Actor *actor = &actors[actor_count++];
    *actor = (Actor){.name = strdup(name), .failed = -1, .child = -1};
    return actor;
}

PyThreadState *
state_of(const Actor *actor)
{
    return actor->state_count ? actor->states[actor->state_count - 1] : NULL;
}

bool
is_attached(const Actor *actor)
{
    PyThreadState *state = state_of(actor);
    return state && _Py_atomic_load_int_relaxed(&state->state) == _Py_THREAD_ATTACHED;
}

void
push_state(Actor *actor, PyThreadState *state)
{
    actor->states[actor->state_count++] = state;
}

Actor *
actor_with_state(const PyThreadState *state)
{
    for (int index = 0; index < actor_count; index++) {
        for (int at = 0; at < actors[index].state_count; at++) {
            if (actors[index].states[at] == state) {
                return &actors[index];
            }
        }
    }
    return NULL;
}

void
forget_state(const void *state)
{
    for (int index = 0; index < actor_count; index++) {
        Actor *actor = &actors[index];
        for (int at = 0; at < actor->state_count; at++) {
            if (actor->states[at] != state) {
                continue;
            }
            actor->state_count--;
            memmove(&actor->states[at], &actor->states[at + 1],
                    (size_t)(actor->state_count - at) * sizeof(actor->states[0]));
            return;
        }
    }
}

Actor *
actor_with_identity(uintptr_t identity)
{
    for (int index = 0; identity != 0 && index < actor_count; index++) {
        Seat *seat = actors[index].seat;
        if (seat && seat->identity == identity) {
            return seat->occupant;
        }
    }
    return NULL;
}

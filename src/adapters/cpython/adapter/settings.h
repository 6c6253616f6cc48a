/*
 * Scenarios that want an interpreter started with arguments or in an environment. The interpreter reads both as it is
 * brought up, so such a scenario is served by this same program, started once more with them.
 */
#ifndef ADAPTER_SETTINGS_H
#define ADAPTER_SETTINGS_H

#include <sys/types.h>

#include "json.h"

/* The word before the options on the command line of a program that is started so. */
extern const char with_settings[];

/* Whether the params of `open` ask for arguments or an environment. */
bool have_settings(const Json *params);

/* The program that serves such scenarios. */
typedef struct Settled {
    pid_t process;
    int socket;     /* to it; below zero if the interpreter cannot be had so */
    Text code, why; /* then they say why */
} Settled;

/* The one for what the params of `open` ask for, started unless it is there already. */
const Settled *settle_on(const Json *params, const char *interpreter);

/* Ends it. */
void end_settled(void);

/* In that program, before anything else is said: why the interpreter cannot be had so; NULL twice if it can. */
void say_how_it_started(const char *code, const char *why);

#endif

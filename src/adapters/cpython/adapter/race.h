/*
 * Races: real threads that set off together, again and again.
 *
 * Each attempt is a process of its own, which begins with a copy of an interpreter that was just
 * brought up, repeats the steps that led to the race, and then lets the racers run. What they come
 * to is counted by what it looks like. A crash costs one attempt, and is what came of it.
 */
#ifndef ADAPTER_RACE_H
#define ADAPTER_RACE_H

#include "json.h"

/* Runs the race that a request asks for, from where `replay` leads, and writes the reply. */
void run_race(const Json *request, const Json *open, const Json *replay, Text *reply);

#endif

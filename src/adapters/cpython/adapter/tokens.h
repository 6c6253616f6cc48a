/*
 * Tokens: what stands for something of the interpreter's in an answer. They are numbers, in the order of first sight, so
 * that two attempts of a race that end alike tell the same.
 */
#ifndef ADAPTER_TOKENS_H
#define ADAPTER_TOKENS_H

#include "text.h"

/* Writes the token of what begins at an address, as a string of JSON. */
void write_token(Text *text, const void *at);

/* What begins there is freed: whatever does so later is something else. */
void retire_token(const void *at);

#endif

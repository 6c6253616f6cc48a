/* What replies to requests have in common. */
#ifndef ADAPTER_REPLIES_H
#define ADAPTER_REPLIES_H

#include "json.h"

/* The beginning of a reply. */
void begin_reply(Text *reply, const Json *id);

/* A whole refusal. `events` is JSON; NULL if none came before it. */
void write_refusal(Text *reply, const Json *id, const char *code, const char *message, const char *events);

#endif

/* Ends the way another process has ended: the suite is to see the signal that ended the interpreter, wherever it ran. */
#ifndef ADAPTER_ENDING_H
#define ADAPTER_ENDING_H

#include <sys/types.h>

/* Waits for a child that died in the middle of a request, and dies like it. */
void die_like(pid_t child) __attribute__((noreturn));

#endif

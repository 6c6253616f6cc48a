/* Bringing interpreters up, as fresh as a scenario wants them. */
#ifndef ADAPTER_RUNTIME_H
#define ADAPTER_RUNTIME_H

#include "python.h"
#include "text.h"

/*
 * Brings the interpreter up, without any thread state. Answers false, and says why, if that is impossible.
 *
 * `interpreter` is the file of the program that it belongs to, from which it finds its library; NULL to let it search.
 * `options` are a command's, up to a NULL, and with them the environment counts. Without them the interpreter is isolated.
 */
bool bring_up(const char *interpreter, char **options, Text *why);

/* Makes another interpreter, without any thread state. The caller is detached afterwards. NULL if there is no memory. */
PyInterpreterState *bring_up_another(void);

#endif

/* Bringing interpreters up, as fresh as a scenario wants them. */
#ifndef ADAPTER_RUNTIME_H
#define ADAPTER_RUNTIME_H

#include "python.h"

/* Brings the interpreter up, without any thread state. Ends the process if that is impossible. `interpreter` is the
   file of the program that it belongs to, from which it finds its library; NULL to let it search. */
void bring_up(const char *interpreter);

/* Makes another interpreter, without any thread state. The caller is detached afterwards. NULL if there is no memory. */
PyInterpreterState *bring_up_another(void);

#endif

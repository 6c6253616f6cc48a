/* Bringing interpreters up, as fresh as a scenario wants them. */
#ifndef ADAPTER_RUNTIME_H
#define ADAPTER_RUNTIME_H

#include "python.h"

/* Brings the interpreter up, without any thread state. Ends the process if that is impossible. */
void bring_up(void);

/* Makes another interpreter, without any thread state. The caller is detached afterwards. NULL if there is no memory. */
PyInterpreterState *bring_up_another(void);

#endif

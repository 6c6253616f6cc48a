/* What has to be in place before signals can be requested of threads. */
#ifndef ADAPTER_REQUESTS_H
#define ADAPTER_REQUESTS_H

#include "operations.h"

/* Makes the interpreter call the actor's handler when a signal is served. Answers false with an exception set. */
bool install_signal_handler(void);

#endif

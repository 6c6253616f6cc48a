/* Who the subject is and what it claims. */
#ifndef ADAPTER_PARAMETERS_H
#define ADAPTER_PARAMETERS_H

#include "text.h"

void write_hello(Text *text);

#endif

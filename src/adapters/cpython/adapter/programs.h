/* Programs of a scenario, from the outside: what they raise, and how their values are told. */
#ifndef ADAPTER_PROGRAMS_H
#define ADAPTER_PROGRAMS_H

#include "actors.h"

/* Takes the exception that was raised, and writes it as the fact "raised"; null if there is none. */
void write_raised(Text *facts);

/* Refuses the operation with what the exception says, which is taken. Always answers false. */
bool refuse_raised(Actor *actor, const char *code);

/* Writes what `repr` says of it, as a string of JSON. Writes null, and leaves the exception, if that fails. */
void write_repr(Text *text, PyObject *value);

/* Writes a string as one of JSON. */
void write_string(Text *text, PyObject *string);

#endif

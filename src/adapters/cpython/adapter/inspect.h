/* Looking at programs: their bytecode, their values and their frames, as they are. */
#ifndef ADAPTER_INSPECT_H
#define ADAPTER_INSPECT_H

#include "actors.h"

/* Whether a query is about a program. */
bool is_about_program(const char *of);

/* Writes what a query of that sort asks for. Answers why not, or NULL. */
const char *observe_program(const Json *query, Text *state);

/* Its parts, on a thread that is attached to the interpreter. */
void write_copies(PyCodeObject *code, const PyInterpreterState *interp, Text *text);
void write_copy(PyCodeObject *code, const PyThreadState *thread, Text *text);
void write_frame(PyObject *generator, Text *text);
/* `held` are references to it that the adapter holds itself. */
void write_value(PyObject *value, Py_ssize_t held, Text *text);

#endif

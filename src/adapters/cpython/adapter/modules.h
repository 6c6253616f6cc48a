/*
 * Modules: the namespaces in which an actor's programs run, by name, each of one interpreter.
 *
 * All of these are for a thread that is attached to the interpreter.
 */
#ifndef ADAPTER_MODULES_H
#define ADAPTER_MODULES_H

#include "actors.h"

/* The namespace of a module, which stays the module's; NULL if there is none of that name. */
PyObject *find_module(const PyInterpreterState *interp, const char *name);

/* The same, made if there is none. NULL, with an exception, if there is no memory. */
PyObject *make_module(PyInterpreterState *interp, const char *name);

/* Gives up what is held of a module. Answers false if there is none. */
bool forget_module(const PyInterpreterState *interp, const char *name);

/* The interpreter is about to end. */
void forget_modules(const PyInterpreterState *interp);

/* The first interpreter that has a module of that name; NULL if none has. */
PyInterpreterState *interpreter_with_module(const char *name);

/* What a path means in a module: a new reference. NULL, with an exception, if it means nothing. */
PyObject *path_in(PyObject *module, const char *path);

/* What an argument means there: a literal, which becomes a new object, or a path. */
PyObject *argument_in(PyObject *module, const char *text);

/* The code object of a function, a method or a code object, which stays theirs; NULL of anything else. */
PyCodeObject *code_of(PyObject *object);

/* Lets programs of the calling thread's interpreter call `wait`. Answers false if there is no memory. */
bool install_wait(void);

#endif

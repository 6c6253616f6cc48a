/*
 * The interpreter's own headers, the internal ones included: everything that is called or read
 * here is declared by the interpreter that is judged, and nothing is declared a second time.
 */
#ifndef ADAPTER_PYTHON_H
#define ADAPTER_PYTHON_H

#define Py_BUILD_CORE 1

/* What the headers define inline checks itself where the interpreter that it is part of does, and not elsewhere. */
#include <pyconfig.h>
#ifndef Py_DEBUG
#  define NDEBUG 1
#endif

#include <Python.h>

#ifndef Py_GIL_DISABLED
#  error "the adapter needs the headers of a free-threaded build"
#endif

#include "pycore_brc.h"
#include "pycore_ceval.h"
#include "pycore_critical_section.h"
#include "pycore_gc.h"
#include "pycore_initconfig.h"
#include "pycore_interp.h"
#include "pycore_lock.h"
#include "pycore_object.h"
#include "pycore_object_stack.h"
#include "pycore_parking_lot.h"
#include "pycore_pymem.h"
#include "pycore_pystate.h"
#include "pycore_qsbr.h"
#include "pycore_runtime.h"
#include "pycore_tstate.h"

/* The private record of a thread state: what a PyThreadState points to begins it. */
static inline _PyThreadStateImpl *
private_of(PyThreadState *thread)
{
    return (_PyThreadStateImpl *)thread;
}

#endif

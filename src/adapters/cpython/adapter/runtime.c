#include "runtime.h"

#include <stdlib.h>
#include <string.h>

#include "blocks.h"
#include "memory.h"
#include "modules.h"
#include "objects.h"
#include "requests.h"

/*
 * Gives back the pages of the allocator that are empty. They wait for a goal, and would otherwise come to an end
 * in the middle of a scenario, whose clock they would move.
 */
static void
give_back_pages(PyThreadState *state)
{
    _PyThreadStateImpl *private = private_of(state);
    for (int round = 0; round < 2; round++) {
        for (int heap = 0; heap < _Py_MIMALLOC_HEAP_COUNT; heap++) {
            mi_heap_collect(&private->mimalloc.heaps[heap], true);
        }
        uint64_t goal = _Py_qsbr_advance(private->qsbr->shared) + QSBR_INCR;
        _Py_qsbr_advance(private->qsbr->shared);
        _Py_qsbr_quiescent_state(private->qsbr);
        _Py_qsbr_poll(private->qsbr, goal);
    }
}

/*
 * Bringing an interpreter up takes a thread state, and leaves traces: sequences have advanced, a
 * slot was used. The thread state goes the way of every thread, and what it has left is put back to
 * what the interpreter itself begins with (Python/pystate.c, init_interpreter), so that the first
 * actor finds an interpreter on which nobody has ever been.
 */
static void
leave_no_trace(PyThreadState *state)
{
    PyInterpreterState *interp = state->interp;
    PyGC_Disable(); /* the collector runs when a scenario says so */
    _PyGC_Collect(state, NUM_GENERATIONS - 1, _Py_GC_REASON_MANUAL);
    give_back_pages(state);
    PyThreadState_Clear(state);
    _PyMem_FiniDelayed(interp);
    interp->mem_free_queue.has_work = 0;
    PyThreadState_DeleteCurrent();
    _Py_qsbr_fini(interp);
    interp->qsbr.wr_seq = QSBR_INITIAL;
    interp->qsbr.rd_seq = QSBR_INITIAL;
}

/* What a program needs that is run here: `wait`, and a parser that is ready. */
static bool
ready_programs(void)
{
    PyObject *nothing = PyDict_New();
    PyObject *parsed = nothing ? argument_in(nothing, "0") : NULL;
    Py_XDECREF(nothing);
    Py_XDECREF(parsed);
    return parsed && install_wait();
}

/* The arguments of a command that starts the interpreter with these options. */
static PyStatus
set_arguments(PyConfig *config, const char *interpreter, char **options)
{
    Py_ssize_t count = 0;
    while (options[count]) {
        count++;
    }
    char **words = calloc((size_t)count + 2, sizeof(char *));
    words[0] = (char *)(interpreter ? interpreter : "python");
    memcpy(words + 1, options, (size_t)count * sizeof(char *));
    PyStatus status = PyConfig_SetBytesArgv(config, count + 1, words);
    free(words);
    return status;
}

static PyStatus
initialize(const char *interpreter, char **options)
{
    PyConfig config;
    if (options) {
        PyConfig_InitPythonConfig(&config);
    }
    else {
        PyConfig_InitIsolatedConfig(&config);
    }
    config.parse_argv = options != NULL;
    config.site_import = 0;
    config.install_signal_handlers = 0;
    config.use_hash_seed = 1; /* the same runtime each time */
    config.hash_seed = 0;
    config.enable_gil = _PyConfig_GIL_DISABLE;
    PyStatus status = options ? set_arguments(&config, interpreter, options) : PyStatus_Ok();
    if (!PyStatus_Exception(status) && interpreter) {
        status = PyConfig_SetBytesString(&config, &config.program_name, interpreter);
    }
    if (!PyStatus_Exception(status)) {
        status = Py_InitializeFromConfig(&config);
    }
    PyConfig_Clear(&config);
    return status;
}

bool
bring_up(const char *interpreter, char **options, Text *why)
{
    PyStatus status = initialize(interpreter, options);
    if (PyStatus_IsExit(status)) {
        text_print(why, "it exited with %d", status.exitcode);
        return false;
    }
    if (PyStatus_Exception(status)) {
        text_print(why, "%s%s%s", status.func ? status.func : "", status.func ? ": " : "", status.err_msg);
        return false;
    }
    if (!ready_types() || !ready_blocks() || !install_signal_handler() || !ready_programs()) {
        PyErr_Print();
        text_print(why, "the adapter's own types or functions could not be made");
        return false;
    }
    leave_no_trace(PyThreadState_Get());
    hook_allocators();
    return true;
}

PyInterpreterState *
bring_up_another(void)
{
    PyThreadState *state = NULL;
    PyInterpreterConfig config = {
        .use_main_obmalloc = 0,
        .allow_threads = 1,
        .check_multi_interp_extensions = 1,
        .gil = PyInterpreterConfig_OWN_GIL,
    };
    PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
    if (PyStatus_Exception(status) || state == NULL) {
        return NULL;
    }
    PyInterpreterState *interp = state->interp;
    if (!install_wait()) {
        Py_EndInterpreter(state);
        return NULL;
    }
    leave_no_trace(state);
    return interp;
}

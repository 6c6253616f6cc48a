/*
 * Tools that watch programs run, through sys.monitoring. A callback notes what it is told, does what the scenario wants
 * done there, and gives the tool's answer.
 */
#include <stdlib.h>
#include <string.h>

#include "events.h"
#include "modules.h"
#include "operations.h"
#include "programs.h"

enum { TOOLS = 6, EVENTS = 17 };

/* The protocol's name of an event, that of sys.monitoring, and whether a callback's second argument is an offset or a line. */
static const struct {
    const char *name, *constant;
    bool by_line;
} event_kinds[EVENTS] = {
    {"start", "PY_START", false},
    {"resume", "PY_RESUME", false},
    {"return", "PY_RETURN", false},
    {"yield", "PY_YIELD", false},
    {"call", "CALL", false},
    {"line", "LINE", true},
    {"instruction", "INSTRUCTION", false},
    {"jump", "JUMP", false},
    {"branch", "BRANCH", false},
    {"throw", "PY_THROW", false},
    {"raise", "RAISE", false},
    {"reraise", "RERAISE", false},
    {"handled", "EXCEPTION_HANDLED", false},
    {"unwind", "PY_UNWIND", false},
    {"stop iteration", "STOP_ITERATION", false},
    {"c return", "C_RETURN", false},
    {"c raise", "C_RAISE", false},
};

/* What a tool answers to an event, and what it calls before. */
static struct {
    bool disable;
    char *module, *call;
} answers[TOOLS][EVENTS];

static int
event_named(const char *name)
{
    int event = 0;
    while (name && event < EVENTS && strcmp(event_kinds[event].name, name) != 0) {
        event++;
    }
    return name && event < EVENTS ? event : -1;
}

/* A member of sys.monitoring, or of what belongs to it. */
static PyObject *
monitoring(const char *part, const char *member)
{
    PyObject *owner = Py_XNewRef(PySys_GetObject("monitoring"));
    if (owner && part) {
        Py_SETREF(owner, PyObject_GetAttrString(owner, part));
    }
    PyObject *value = owner ? PyObject_GetAttrString(owner, member) : NULL;
    Py_XDECREF(owner);
    return value;
}

/* The number of an event; -1 with an exception. */
static long
number_of(int event)
{
    PyObject *number = monitoring("events", event_kinds[event].constant);
    long value = number ? PyLong_AsLong(number) : -1;
    Py_XDECREF(number);
    return value;
}

/* Calls a function of sys.monitoring. Answers whether it raised nothing. */
static bool
call_monitoring(const char *function, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    PyObject *arguments = Py_VaBuildValue(format, values);
    va_end(values);
    PyObject *callable = arguments ? monitoring(NULL, function) : NULL;
    PyObject *result = callable ? PyObject_Call(callable, arguments, NULL) : NULL;
    Py_XDECREF(arguments);
    Py_XDECREF(callable);
    Py_XDECREF(result);
    return result != NULL;
}

/* Calls what the scenario wants called at this point. Answers whether it raised nothing. */
static bool
call_first(const char *module_name, const char *path)
{
    if (path == NULL) {
        return true;
    }
    PyObject *module = find_module(PyThreadState_Get()->interp, module_name);
    PyObject *function = module ? path_in(module, path) : NULL;
    PyObject *result = function ? PyObject_CallNoArgs(function) : NULL;
    if (module == NULL) {
        PyErr_Format(PyExc_LookupError, "there is no module %s", module_name ? module_name : "");
    }
    Py_XDECREF(function);
    Py_XDECREF(result);
    return result != NULL;
}

/* Called by the interpreter. `self` says for which tool and which event. */
static PyObject *
on_event(PyObject *self, PyObject *const *arguments, Py_ssize_t count)
{
    long which = PyLong_AsLong(self);
    int tool = (int)(which / EVENTS), event = (int)(which % EVENTS);
    if (count < 2 || !PyCode_Check(arguments[0])) {
        return PyErr_Format(PyExc_TypeError, "an event has a code object and a place");
    }
    const char *function = PyUnicode_AsUTF8(((PyCodeObject *)arguments[0])->co_qualname);
    int place = PyLong_AsInt(arguments[1]);
    if (function == NULL || (place == -1 && PyErr_Occurred())) {
        return NULL;
    }
    if (me) {
        bool by_line = event_kinds[event].by_line;
        tell(me->occupant, tool, event_kinds[event].name, function, by_line ? place : -1,
             by_line ? -1 : place / (int)sizeof(_Py_CODEUNIT));
    }
    if (!call_first(answers[tool][event].module, answers[tool][event].call)) {
        return NULL;
    }
    return answers[tool][event].disable ? monitoring(NULL, "DISABLE") : Py_NewRef(Py_None);
}

static bool
register_callback(int tool, int event)
{
    static PyMethodDef definition = {"on_event", (PyCFunction)(void (*)(void))on_event, METH_FASTCALL, NULL};
    PyObject *self = PyLong_FromLong(tool * EVENTS + event);
    PyObject *callback = self ? PyCFunction_New(&definition, self) : NULL;
    long number = number_of(event);
    bool done = callback && number > 0 && call_monitoring("register_callback", "(ilO)", tool, number, callback);
    Py_XDECREF(self);
    Py_XDECREF(callback);
    return done;
}

/* The tool that args name, for an actor that is attached; -1 after a refusal. */
static int
tool_in(Actor *actor, const Json *args)
{
    int64_t tool = json_integer(args, "tool", -1);
    if (attached(actor) == NULL) {
        return -1;
    }
    if (tool < 0 || tool >= TOOLS) {
        refuse(actor, "unknown-name", "there is no tool of that number");
        return -1;
    }
    return (int)tool;
}

bool
tool_use(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    int tool = tool_in(actor, args);
    if (tool < 0) {
        return false;
    }
    bool done = call_monitoring("use_tool_id", "(is)", tool, "a tool of the scenario");
    for (int event = 0; done && event < EVENTS; event++) {
        free(answers[tool][event].module);
        free(answers[tool][event].call);
        memset(&answers[tool][event], 0, sizeof(answers[tool][event]));
        done = register_callback(tool, event);
    }
    return done || refuse_raised(actor, "misuse");
}

bool
tool_free(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    int tool = tool_in(actor, args);
    return tool >= 0 && (call_monitoring("free_tool_id", "(i)", tool) || refuse_raised(actor, "misuse"));
}

/* The code object of the function that args name, as a new reference; NULL after a refusal. */
static PyObject *
code_in(Actor *actor, const Json *args)
{
    const char *name = json_string(args, "module"), *path = json_string(args, "function");
    PyObject *module = find_module(state_of(actor)->interp, name);
    PyObject *function = module ? path_in(module, path) : NULL;
    PyCodeObject *code = function ? code_of(function) : NULL;
    Py_XINCREF(code);
    Py_XDECREF(function);
    PyErr_Clear();
    if (code == NULL) {
        refuse(actor, "unknown-name", "there is no function \"%s\" in \"%s\"", path, name ? name : "");
    }
    return (PyObject *)code;
}

bool
tool_watch(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    int tool = tool_in(actor, args);
    if (tool < 0) {
        return false;
    }
    long events = 0;
    const Json *names = json_get(args, "events");
    for (const Json *name = names ? names->first : NULL; name; name = name->next) {
        int event = event_named(name->text);
        long number = event < 0 ? -1 : number_of(event);
        if (number < 0) {
            PyErr_Clear();
            return refuse(actor, "unsupported", "there is no event \"%s\"", name->text ? name->text : "");
        }
        events |= number;
    }
    if (json_string(args, "function") == NULL) {
        return call_monitoring("set_events", "(il)", tool, events) || refuse_raised(actor, "misuse");
    }
    PyObject *code = code_in(actor, args);
    if (code == NULL) {
        return false;
    }
    bool done = call_monitoring("set_local_events", "(iOl)", tool, code, events);
    Py_DECREF(code);
    return done || refuse_raised(actor, "misuse");
}

static char *
copied(const char *text)
{
    return text ? strdup(text) : NULL;
}

bool
tool_answer(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    int64_t tool = json_integer(args, "tool", -1);
    int event = event_named(json_string(args, "event"));
    if (tool < 0 || tool >= TOOLS || event < 0) {
        return refuse(actor, "unknown-name", "there is no such tool or event");
    }
    free(answers[tool][event].module);
    free(answers[tool][event].call);
    answers[tool][event].disable = json_true(args, "disable");
    answers[tool][event].module = copied(json_string(args, "module"));
    answers[tool][event].call = copied(json_string(args, "call"));
    return true;
}

bool
tool_restart(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    return attached(actor) && (call_monitoring("restart_events", "()") || refuse_raised(actor, "misuse"));
}

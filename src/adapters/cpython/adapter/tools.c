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

/* What a callback is handed behind the code object and the place, which is a line for LINE and else an offset. */
typedef enum { NO_MORE, A_VALUE, A_CALL, A_TARGET } Handed;

/* The protocol's name of an event, that of sys.monitoring, and what a callback is handed. */
static const struct {
    const char *name, *constant;
    bool by_line;
    Handed handed;
} event_kinds[EVENTS] = {
    {"start", "PY_START", false, NO_MORE},
    {"resume", "PY_RESUME", false, NO_MORE},
    {"return", "PY_RETURN", false, A_VALUE},
    {"yield", "PY_YIELD", false, A_VALUE},
    {"call", "CALL", false, A_CALL},
    {"line", "LINE", true, NO_MORE},
    {"instruction", "INSTRUCTION", false, NO_MORE},
    {"jump", "JUMP", false, A_TARGET},
    {"branch", "BRANCH", false, A_TARGET},
    {"throw", "PY_THROW", false, A_VALUE},
    {"raise", "RAISE", false, A_VALUE},
    {"reraise", "RERAISE", false, A_VALUE},
    {"handled", "EXCEPTION_HANDLED", false, A_VALUE},
    {"unwind", "PY_UNWIND", false, A_VALUE},
    {"stop iteration", "STOP_ITERATION", false, A_VALUE},
    {"c return", "C_RETURN", false, A_CALL},
    {"c raise", "C_RAISE", false, A_CALL},
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

/* How many arguments a callback gets, by what it is handed. */
static const Py_ssize_t argument_counts[] = {[NO_MORE] = 2, [A_VALUE] = 3, [A_CALL] = 4, [A_TARGET] = 3};

/* The line of an offset in bytes; -1 if it has none, or with an exception. */
static int
line_at(PyObject *code, PyObject *offset)
{
    int at = PyLong_AsInt(offset);
    return at == -1 ? -1 : PyCode_Addr2Line((PyCodeObject *)code, at);
}

/* The name of what is called, or of its class, as a new reference. */
static PyObject *
name_of(PyObject *callable)
{
    PyObject *name = NULL;
    if (PyObject_GetOptionalAttrString(callable, "__name__", &name) == 0) {
        name = PyType_GetName(Py_TYPE(callable));
    }
    return name;
}

/* The text of what a callback is handed, as a new reference; NULL with an exception, or if that is nothing. */
static PyObject *
text_of_value(Handed handed, PyObject *const *arguments)
{
    if (handed == A_VALUE) {
        return PyObject_Repr(arguments[2]);
    }
    PyObject *missing = handed == A_CALL ? monitoring(NULL, "MISSING") : NULL;
    PyObject *text = missing && arguments[3] != missing ? PyObject_Repr(arguments[3]) : NULL;
    Py_XDECREF(missing);
    return text;
}

/* Notes what a callback of this thread is handed. Answers whether it raised nothing. */
static bool
note(int tool, int event, PyObject *const *arguments)
{
    Handed handed = event_kinds[event].handed;
    PyObject *code = arguments[0];
    Told told = {.tool = tool, .about = event_kinds[event].name, .line = -1, .offset = -1, .target = -1};
    if (event_kinds[event].by_line) {
        told.line = PyLong_AsInt(arguments[1]);
    }
    else {
        told.line = line_at(code, arguments[1]);
        told.offset = PyLong_AsInt(arguments[1]) / (int)sizeof(_Py_CODEUNIT);
    }
    told.function = PyUnicode_AsUTF8(((PyCodeObject *)code)->co_qualname);
    told.target = handed == A_TARGET ? line_at(code, arguments[2]) : -1;
    PyObject *callable = !PyErr_Occurred() && handed == A_CALL ? name_of(arguments[2]) : NULL;
    PyObject *value = PyErr_Occurred() ? NULL : text_of_value(handed, arguments);
    told.callable = callable ? PyUnicode_AsUTF8(callable) : NULL;
    told.value = value ? PyUnicode_AsUTF8(value) : NULL;
    bool done = !PyErr_Occurred();
    if (done) {
        tell(me->occupant, &told);
    }
    Py_XDECREF(callable);
    Py_XDECREF(value);
    return done;
}

/* Called by the interpreter. `self` says for which tool and which event. */
static PyObject *
on_event(PyObject *self, PyObject *const *arguments, Py_ssize_t count)
{
    long which = PyLong_AsLong(self);
    int tool = (int)(which / EVENTS), event = (int)(which % EVENTS);
    if (count != argument_counts[event_kinds[event].handed] || !PyCode_Check(arguments[0])) {
        return PyErr_Format(PyExc_TypeError, "an event has a code object, a place, and what belongs to it");
    }
    if (me && !note(tool, event, arguments)) {
        return NULL;
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

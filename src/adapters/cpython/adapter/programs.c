#include "programs.h"

#include <string.h>

#include "python.h"
#include <marshal.h>

#include "events.h"
#include "memory.h"
#include "modules.h"
#include "operations.h"

void
write_string(Text *text, PyObject *string)
{
    PyObject *bytes = PyUnicode_AsEncodedString(string, "utf-8", "backslashreplace");
    if (bytes) {
        text_quote_bytes(text, PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes));
    }
    else {
        text_print(text, "null");
    }
    Py_XDECREF(bytes);
}

void
write_repr(Text *text, PyObject *value)
{
    PyObject *repr = PyObject_Repr(value);
    if (repr == NULL) {
        text_print(text, "null");
        return;
    }
    write_string(text, repr);
    Py_DECREF(repr);
}

/* The line that the innermost frame stood at; 0 if no frame has seen the exception. */
static long
line_of(PyObject *exception)
{
    PyObject *trace = PyException_GetTraceback(exception);
    long line = 0;
    while (trace && trace != Py_None) {
        PyObject *number = PyObject_GetAttrString(trace, "tb_lineno");
        PyObject *next = PyObject_GetAttrString(trace, "tb_next");
        line = number && PyLong_Check(number) ? PyLong_AsLong(number) : 0;
        Py_XDECREF(number);
        Py_SETREF(trace, next);
    }
    Py_XDECREF(trace);
    return line;
}

static void
write_message(Text *text, PyObject *exception)
{
    PyObject *message = PyObject_Str(exception);
    if (message) {
        write_string(text, message);
    }
    else {
        text_print(text, "\"\"");
    }
    Py_XDECREF(message);
    PyErr_Clear();
}

void
write_raised(Text *facts)
{
    PyObject *exception = PyErr_GetRaisedException();
    text_print(facts, "\"raised\":");
    if (exception == NULL) {
        text_print(facts, "null");
        return;
    }
    quiet++;
    long line = line_of(exception);
    text_print(facts, "{\"type\":");
    text_quote(facts, _PyType_Name(Py_TYPE(exception)));
    text_print(facts, ",\"message\":");
    write_message(facts, exception);
    if (line > 0) {
        text_print(facts, ",\"line\":%ld}", line);
    }
    else {
        text_print(facts, ",\"line\":null}");
    }
    quiet--;
    Py_DECREF(exception);
}

bool
refuse_raised(Actor *actor, const char *code)
{
    Text message = {0};
    PyObject *exception = PyErr_GetRaisedException();
    quiet++;
    PyObject *text = exception ? PyObject_Str(exception) : NULL;
    const char *said = text ? PyUnicode_AsUTF8(text) : NULL;
    text_print(&message, "%s: %s", exception ? _PyType_Name(Py_TYPE(exception)) : "refused", said ? said : "");
    Py_XDECREF(text);
    PyErr_Clear();
    quiet--;
    Py_XDECREF(exception);
    refuse(actor, code, "%s", text_of(&message));
    text_free(&message);
    return false;
}

/* The module that args name; NULL after a refusal. */
static PyObject *
module_in(Actor *actor, PyInterpreterState *interp, const Json *args)
{
    const char *name = json_string(args, "module");
    PyObject *module = find_module(interp, name);
    if (module == NULL) {
        refuse(actor, "unknown-name", "there is no module \"%s\"", name ? name : "");
    }
    return module;
}

/*
 * A program is run as a script is: compiled, and its code object then run as the body of the module. Nothing else keeps
 * the code object.
 */
bool
code_run(Actor *actor, const Json *args, Text *facts)
{
    PyThreadState *state = attached(actor);
    const char *name = json_string(args, "module"), *source = json_string(args, "source");
    if (state == NULL) {
        return false;
    }
    if (name == NULL || source == NULL) {
        return refuse(actor, "bad-message", "a program has a module and a source");
    }
    quiet++;
    PyObject *module = make_module(state->interp, name);
    PyObject *code = module ? Py_CompileString(source, name, Py_file_input) : NULL;
    quiet--;
    PyObject *result = code ? PyEval_EvalCode(code, module, module) : NULL;
    Py_XDECREF(result);
    write_raised(facts);
    Py_XDECREF(code);
    return true;
}

/* The arguments that args list, as a tuple; NULL with an exception. */
static PyObject *
arguments_in(PyObject *module, const Json *args)
{
    const Json *texts = json_get(args, "args");
    PyObject *list = PyList_New(0);
    for (const Json *text = texts ? texts->first : NULL; list && text; text = text->next) {
        PyObject *value = argument_in(module, text->text ? text->text : "");
        if (value == NULL || PyList_Append(list, value) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(value);
    }
    PyObject *tuple = list ? PyList_AsTuple(list) : NULL;
    Py_XDECREF(list);
    return tuple;
}

/* Gives a value a name in a module. What had the name before may run a program as it goes: that belongs to the scenario. */
static bool
keep_as(PyObject *module, const char *name, PyObject *value)
{
    quiet++;
    PyObject *before = Py_XNewRef(PyDict_GetItemString(module, name));
    bool done = PyDict_SetItemString(module, name, value) == 0;
    quiet--;
    Py_XDECREF(before);
    return done;
}

bool
code_call(Actor *actor, const Json *args, Text *facts)
{
    PyThreadState *state = attached(actor);
    PyObject *module = state ? module_in(actor, state->interp, args) : NULL;
    const char *path = json_string(args, "function"), *keep = json_string(args, "keep");
    if (module == NULL) {
        return false;
    }
    quiet++;
    PyObject *function = path_in(module, path ? path : "");
    PyObject *arguments = function ? arguments_in(module, args) : NULL;
    quiet--;
    if (arguments == NULL) {
        Py_XDECREF(function);
        return refuse_raised(actor, "unknown-name");
    }
    PyObject *result = Py_NewRef(Py_None);
    for (int64_t times = json_integer(args, "times", 1); result && times > 0; times--) {
        Py_DECREF(result);
        allow_arguments(PyTuple_GET_SIZE(arguments));
        result = PyObject_Call(function, arguments, NULL);
    }
    Py_DECREF(function);
    Py_DECREF(arguments);
    text_print(facts, "\"result\":");
    if (result == NULL || (keep && !keep_as(module, keep, result))) {
        text_print(facts, "null");
    }
    else {
        quiet++;
        write_repr(facts, result);
        quiet--;
    }
    text_print(facts, ",");
    write_raised(facts);
    Py_XDECREF(result);
    return true;
}

/* Calls a built-in function by its name. The format is of a tuple. */
static PyObject *
call_built_in(const char *name, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    PyObject *arguments = Py_VaBuildValue(format, values);
    va_end(values);
    PyObject *function = PyDict_GetItemString(PyEval_GetBuiltins(), name);
    PyObject *result = function && arguments ? PyObject_Call(function, arguments, NULL) : NULL;
    Py_XDECREF(arguments);
    return result;
}

/* What loading makes of code that was stored. */
static PyObject *
stored_and_loaded(PyObject *code)
{
    PyObject *stored = PyMarshal_WriteObjectToString(code, Py_MARSHAL_VERSION);
    PyObject *loaded = stored
        ? PyMarshal_ReadObjectFromString(PyBytes_AS_STRING(stored), PyBytes_GET_SIZE(stored)) : NULL;
    Py_XDECREF(stored);
    return loaded;
}

static PyObject *
with_another_name(PyObject *module, const char *from, const char *name)
{
    PyObject *origin = path_in(module, from);
    PyObject *code = origin ? (PyObject *)code_of(origin) : NULL;
    PyObject *replace = code ? PyObject_GetAttrString(code, "replace") : NULL;
    PyObject *none = replace ? PyTuple_New(0) : NULL;
    PyObject *names = none ? Py_BuildValue("{s:s}", "co_name", name) : NULL;
    PyObject *made = names ? PyObject_Call(replace, none, names) : NULL;
    if (origin && code == NULL) {
        PyErr_Format(PyExc_TypeError, "%s is no code object", from);
    }
    Py_XDECREF(names);
    Py_XDECREF(none);
    Py_XDECREF(replace);
    Py_XDECREF(origin);
    return made;
}

static PyObject *
make_code(PyObject *module, const Json *args)
{
    const char *how = json_string(args, "how"), *mode = json_string(args, "mode");
    const char *source = json_string(args, "source"), *name = json_string(args, "code");
    if (strcmp(how, "replace") == 0) {
        const char *from = json_string(args, "from");
        return with_another_name(module, from ? from : "", name);
    }
    source = source ? source : "";
    mode = mode ? mode : "exec";
    if (strcmp(how, "tree") == 0) {
        PyObject *tree = call_built_in("compile", "(sssi)", source, name, mode, PyCF_ONLY_AST);
        return tree ? call_built_in("compile", "(Nss)", tree, name, mode) : NULL;
    }
    PyObject *code = call_built_in("compile", "(sss)", source, name, mode);
    if (code && strcmp(how, "stored") == 0) {
        Py_SETREF(code, stored_and_loaded(code));
    }
    return code;
}

bool
code_make(Actor *actor, const Json *args, Text *facts)
{
    PyThreadState *state = attached(actor);
    const char *name = json_string(args, "module"), *code_name = json_string(args, "code");
    if (state == NULL) {
        return false;
    }
    if (name == NULL || code_name == NULL || json_string(args, "how") == NULL) {
        return refuse(actor, "bad-message", "a code object is made in a module, by a name, in some way");
    }
    quiet++;
    PyObject *module = make_module(state->interp, name);
    quiet--;
    PyObject *code = module ? make_code(module, args) : NULL;
    if (code) {
        keep_as(module, code_name, code);
    }
    write_raised(facts);
    Py_XDECREF(code);
    return true;
}

bool
code_free_unused_copies(Actor *actor, const Json *args, Text *facts)
{
    (void)args;
    if (attached(actor) == NULL) {
        return false;
    }
    PyObject *clear = PySys_GetObject("_clear_internal_caches");
    PyObject *result = clear ? PyObject_CallNoArgs(clear) : NULL;
    Py_XDECREF(result);
    write_raised(facts);
    return true;
}

bool
code_forget(Actor *actor, const Json *args, Text *facts)
{
    (void)facts;
    PyThreadState *state = attached(actor);
    if (state == NULL || module_in(actor, state->interp, args) == NULL) {
        return false;
    }
    forget_module(state->interp, json_string(args, "module"));
    _PyGC_Collect(state, NUM_GENERATIONS - 1, _Py_GC_REASON_MANUAL);
    return true;
}

bool
collector_freeze(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = attached(actor);
    if (state == NULL) {
        return false;
    }
    _PyGC_Freeze(state->interp);
    return true;
}

bool
collector_unfreeze(Actor *actor, const Json *args, Text *facts)
{
    (void)args, (void)facts;
    PyThreadState *state = attached(actor);
    if (state == NULL) {
        return false;
    }
    _PyGC_Unfreeze(state->interp);
    return true;
}

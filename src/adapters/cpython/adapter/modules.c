#include "modules.h"

#include <stdlib.h>
#include <string.h>

#include "things.h"

typedef struct Module {
    const PyInterpreterState *interp;
    char *name;
    PyObject *namespace;
    struct Module *next;
} Module;

/* Those who race make modules at once. What is called while it is held never detaches. */
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static Module *modules;

static Module **
link_to(const PyInterpreterState *interp, const char *name)
{
    Module **link = &modules;
    while (*link && ((*link)->interp != interp || (name && strcmp((*link)->name, name) != 0))) {
        link = &(*link)->next;
    }
    return link;
}

PyObject *
find_module(const PyInterpreterState *interp, const char *name)
{
    pthread_mutex_lock(&guard);
    Module *module = name ? *link_to(interp, name) : NULL;
    PyObject *namespace = module ? module->namespace : NULL;
    pthread_mutex_unlock(&guard);
    return namespace;
}

static PyObject *
new_namespace(const char *name)
{
    PyObject *namespace = PyDict_New();
    PyObject *text = PyUnicode_FromString(name);
    bool done = namespace && text && PyDict_SetItemString(namespace, "__name__", text) == 0
        && PyDict_SetItemString(namespace, "__builtins__", PyEval_GetBuiltins()) == 0;
    Py_XDECREF(text);
    if (!done) {
        Py_CLEAR(namespace);
    }
    return namespace;
}

PyObject *
make_module(PyInterpreterState *interp, const char *name)
{
    PyObject *namespace = find_module(interp, name);
    if (namespace) {
        return namespace;
    }
    PyObject *made = new_namespace(name);
    if (made == NULL) {
        return NULL;
    }
    pthread_mutex_lock(&guard);
    Module **link = link_to(interp, name);
    if (*link == NULL) {
        *link = calloc(1, sizeof(Module));
        **link = (Module){interp, strdup(name), Py_NewRef(made), NULL};
    }
    namespace = (*link)->namespace;
    pthread_mutex_unlock(&guard);
    Py_DECREF(made);
    return namespace;
}

/* `name` is NULL for whichever comes first. */
static bool
take_out(const PyInterpreterState *interp, const char *name)
{
    pthread_mutex_lock(&guard);
    Module **link = link_to(interp, name);
    Module *module = *link;
    if (module) {
        *link = module->next;
    }
    pthread_mutex_unlock(&guard);
    if (module == NULL) {
        return false;
    }
    Py_DECREF(module->namespace);
    free(module->name);
    free(module);
    return true;
}

bool
forget_module(const PyInterpreterState *interp, const char *name)
{
    return name && take_out(interp, name);
}

void
forget_modules(const PyInterpreterState *interp)
{
    while (take_out(interp, NULL)) {
    }
}

PyInterpreterState *
interpreter_with_module(const char *name)
{
    PyInterpreterState *interp = _PyInterpreterState_Main();
    if (find_module(interp, name)) {
        return interp;
    }
    interp = PyInterpreterState_Head();
    while (interp && find_module(interp, name) == NULL) {
        interp = interp->next;
    }
    return interp;
}

/* What a name means there, as the evaluator looks it up: in the module, and then among the built-ins. */
static PyObject *
name_in(PyObject *module, PyObject *name)
{
    PyObject *value = PyDict_GetItemWithError(module, name);
    if (value == NULL && !PyErr_Occurred()) {
        value = PyDict_GetItemWithError(PyEval_GetBuiltins(), name);
    }
    if (value == NULL && !PyErr_Occurred()) {
        PyErr_Format(PyExc_NameError, "name '%U' is not defined", name);
    }
    return Py_XNewRef(value);
}

PyObject *
path_in(PyObject *module, const char *path)
{
    PyObject *value = NULL;
    for (const char *at = path; at; ) {
        const char *end = strchrnul(at, '.');
        PyObject *name = PyUnicode_FromStringAndSize(at, end - at);
        PyObject *next = name == NULL ? NULL : value ? PyObject_GetAttr(value, name) : name_in(module, name);
        Py_XDECREF(name);
        Py_XDECREF(value);
        value = next;
        at = value && *end ? end + 1 : NULL;
    }
    return value;
}

static PyObject *meaning_of(PyObject *module, PyObject *node);

/* What a node's member means; the member is a node itself. */
static PyObject *
member_of(PyObject *module, PyObject *node, const char *member)
{
    PyObject *part = PyObject_GetAttrString(node, member);
    PyObject *value = part ? meaning_of(module, part) : NULL;
    Py_XDECREF(part);
    return value;
}

/* What the nodes mean that a node's member lists. */
static PyObject *
list_in(PyObject *module, PyObject *node, const char *member)
{
    PyObject *nodes = PyObject_GetAttrString(node, member);
    PyObject *values = nodes ? PyList_New(0) : NULL;
    for (Py_ssize_t at = 0; values && at < PyList_GET_SIZE(nodes); at++) {
        PyObject *value = meaning_of(module, PyList_GET_ITEM(nodes, at));
        if (value == NULL || PyList_Append(values, value) < 0) {
            Py_CLEAR(values);
        }
        Py_XDECREF(value);
    }
    Py_XDECREF(nodes);
    return values;
}

static PyObject *
dict_of(PyObject *module, PyObject *node)
{
    PyObject *keys = list_in(module, node, "keys"), *values = list_in(module, node, "values");
    PyObject *dict = keys && values ? PyDict_New() : NULL;
    for (Py_ssize_t at = 0; dict && at < PyList_GET_SIZE(keys); at++) {
        if (PyDict_SetItem(dict, PyList_GET_ITEM(keys, at), PyList_GET_ITEM(values, at)) < 0) {
            Py_CLEAR(dict);
        }
    }
    Py_XDECREF(keys);
    Py_XDECREF(values);
    return dict;
}

/* Turns a list into what the function makes of it. */
static PyObject *
made_of(PyObject *list, PyObject *(*make)(PyObject *))
{
    PyObject *made = list ? make(list) : NULL;
    Py_XDECREF(list);
    return made;
}

static PyObject *
signed_number(PyObject *module, PyObject *node)
{
    PyObject *operator = PyObject_GetAttrString(node, "op");
    PyObject *operand = operator ? member_of(module, node, "operand") : NULL;
    PyObject *value = operand == NULL                                  ? NULL
        : strcmp(_PyType_Name(Py_TYPE(operator)), "USub") == 0 ? PyNumber_Negative(operand)
        : strcmp(_PyType_Name(Py_TYPE(operator)), "UAdd") == 0 ? PyNumber_Positive(operand)
                                                               : NULL;
    Py_XDECREF(operator);
    Py_XDECREF(operand);
    return value;
}

/*
 * What a node of a syntax tree means, if it is a literal's or a path's. Nothing is compiled: that would make the
 * constants immortal, and they would be shared with the programs' own.
 */
static PyObject *
meaning_of(PyObject *module, PyObject *node)
{
    const char *kind = _PyType_Name(Py_TYPE(node));
    PyObject *value = NULL;
    if (strcmp(kind, "Expression") == 0) {
        value = member_of(module, node, "body");
    }
    else if (strcmp(kind, "Constant") == 0) {
        value = PyObject_GetAttrString(node, "value");
    }
    else if (strcmp(kind, "UnaryOp") == 0) {
        value = signed_number(module, node);
    }
    else if (strcmp(kind, "Tuple") == 0) {
        value = made_of(list_in(module, node, "elts"), PyList_AsTuple);
    }
    else if (strcmp(kind, "List") == 0) {
        value = list_in(module, node, "elts");
    }
    else if (strcmp(kind, "Set") == 0) {
        value = made_of(list_in(module, node, "elts"), PySet_New);
    }
    else if (strcmp(kind, "Dict") == 0) {
        value = dict_of(module, node);
    }
    else if (strcmp(kind, "Name") == 0) {
        PyObject *name = PyObject_GetAttrString(node, "id");
        value = name ? name_in(module, name) : NULL;
        Py_XDECREF(name);
    }
    else if (strcmp(kind, "Attribute") == 0) {
        PyObject *owner = member_of(module, node, "value");
        PyObject *name = owner ? PyObject_GetAttrString(node, "attr") : NULL;
        value = name ? PyObject_GetAttr(owner, name) : NULL;
        Py_XDECREF(owner);
        Py_XDECREF(name);
    }
    if (value == NULL && !PyErr_Occurred()) {
        PyErr_Format(PyExc_ValueError, "%s is neither a literal nor a path", kind);
    }
    return value;
}

PyObject *
argument_in(PyObject *module, const char *text)
{
    PyCompilerFlags flags = {.cf_flags = PyCF_ONLY_AST | PyCF_IGNORE_COOKIE, .cf_feature_version = PY_MINOR_VERSION};
    PyObject *tree = Py_CompileStringExFlags(text, "<argument>", Py_eval_input, &flags, -1);
    PyObject *value = tree ? meaning_of(module, tree) : NULL;
    Py_XDECREF(tree);
    return value;
}

PyCodeObject *
code_of(PyObject *object)
{
    if (PyMethod_Check(object)) {
        object = PyMethod_GET_FUNCTION(object);
    }
    if (PyFunction_Check(object)) {
        object = PyFunction_GET_CODE(object);
    }
    return PyCode_Check(object) ? (PyCodeObject *)object : NULL;
}

/* Within a program: the thread waits detached, as in any lock. */
static PyObject *
wait_for_event(PyObject *self, PyObject *name)
{
    (void)self;
    const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    Thing *event = find_thing(EVENT, text);
    if (event == NULL) {
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_LookupError, "there is no event %R", name);
    }
    PyEvent_Wait(event->at);
    Py_RETURN_NONE;
}

bool
install_wait(void)
{
    static PyMethodDef definition = {"wait", wait_for_event, METH_O, NULL};
    PyObject *function = PyCFunction_New(&definition, NULL);
    bool done = function && PyDict_SetItemString(PyEval_GetBuiltins(), "wait", function) == 0;
    Py_XDECREF(function);
    return done;
}

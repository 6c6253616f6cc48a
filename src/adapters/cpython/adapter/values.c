/* Values and constants, as they are told. */
#include "inspect.h"
#include "programs.h"
#include "tokens.h"

#include "pycore_setobject.h"

static const char *
yes_or_no(bool truth)
{
    return truth ? "true" : "false";
}

/* The items of what the protocol calls a container: a borrowed one, or NULL at the end. `at` begins with zero. */
static PyObject *
next_item(PyObject *container, Py_ssize_t *at)
{
    if (PyTuple_CheckExact(container)) {
        return *at < PyTuple_GET_SIZE(container) ? PyTuple_GET_ITEM(container, (*at)++) : NULL;
    }
    if (PyFrozenSet_CheckExact(container)) {
        PyObject *item;
        Py_hash_t hash;
        return _PySet_NextEntry(container, at, &item, &hash) ? item : NULL;
    }
    if (PySlice_Check(container)) {
        const PySliceObject *slice = (PySliceObject *)container;
        PyObject *const parts[] = {slice->start, slice->stop, slice->step};
        return *at < 3 ? parts[(*at)++] : NULL;
    }
    return NULL;
}

void
write_value(PyObject *value, Py_ssize_t held, Text *text)
{
    bool immortal = _Py_IsImmortal(value);
    text_print(text, "{\"type\":");
    text_quote(text, _PyType_Name(Py_TYPE(value)));
    text_print(text, ",\"text\":");
    Py_ssize_t references = Py_REFCNT(value);
    bool tracked = PyObject_IS_GC(value) && _PyObject_GC_IS_TRACKED(value);
    bool interned = PyUnicode_Check(value) && PyUnicode_CHECK_INTERNED(value);
    write_repr(text, value);
    text_print(text, ",\"value\":");
    write_token(text, value);
    text_print(text, ",\"references\":\"%zd\"", references - (immortal ? 0 : held));
    text_print(text, ",\"immortal\":%s,\"tracked\":%s,\"interned\":%s,\"items\":[", yes_or_no(immortal), yes_or_no(tracked),
               yes_or_no(interned));
    Py_ssize_t at = 0;
    bool first = true;
    for (PyObject *item = next_item(value, &at); item; item = next_item(value, &at)) {
        text_print(text, first ? "" : ",");
        write_value(item, 0, text);
        first = false;
    }
    text_print(text, "]}");
}

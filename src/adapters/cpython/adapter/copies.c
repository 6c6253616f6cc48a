/* Copies of bytecode: what stands in them, who runs them, when they come to be, and the frames that stand in them. */
#include "inspect.h"

#include "events.h"
#include "tokens.h"
#include "turns.h"

#include "pycore_code.h"
#include "pycore_frame.h"
#if __has_include("pycore_interpframe.h")
#  include "pycore_interpframe.h" /* from 3.14.0a6 on the record of a frame stands here */
#endif
#include "pycore_genobject.h"
#include "pycore_opcode_metadata.h"
#include "opcode_ids.h"

static _PyCodeArray *
array_of(PyCodeObject *code)
{
    return _Py_atomic_load_ptr_acquire(&code->co_tlbc);
}

/* The copy with an index; NULL if there is none. */
static const _Py_CODEUNIT *
copy_with(PyCodeObject *code, Py_ssize_t index)
{
    const _PyCodeArray *array = array_of(code);
    return index >= 0 && index < array->size ? (const _Py_CODEUNIT *)array->entries[index] : NULL;
}

/* The main copy is a part of its code object, and is gone with it. */
static void
write_copy_token(PyCodeObject *code, const void *copy, Text *text)
{
    write_token(text, copy == (const void *)_PyCode_CODE(code) ? (const void *)code : copy);
}

static void
write_threads(const PyInterpreterState *interp, Py_ssize_t index, Text *text)
{
    const char *comma = "";
    for (int at = 0; at < actor_count; at++) {
        PyThreadState *state = state_of(&actors[at]);
        if (state && state->interp == interp && private_of(state)->tlbc_index == index) {
            text_print(text, "%s", comma);
            text_quote(text, actors[at].name);
            comma = ",";
        }
    }
}

void
write_copies(PyCodeObject *code, const PyInterpreterState *interp, Text *text)
{
    const _PyCodeArray *array = array_of(code);
    const char *comma = "";
    text_print(text, "{\"of\":\"copies\",\"size\":%zd,\"entries\":[", array->size);
    for (Py_ssize_t index = 0; index < array->size; index++) {
        if (array->entries[index] == NULL) {
            continue;
        }
        text_print(text, "%s{\"index\":%zd,\"copy\":", comma, index);
        write_copy_token(code, array->entries[index], text);
        text_print(text, ",\"threads\":[");
        write_threads(interp, index, text);
        text_print(text, "]}");
        comma = ",";
    }
    text_print(text, "]}");
}

/* Only these have something else than a counter in the first unit behind them: what has become of the last branches. */
static bool
has_counter(int opcode)
{
    return _PyOpcode_Caches[opcode] > 0 && opcode != POP_JUMP_IF_FALSE && opcode != POP_JUMP_IF_TRUE
        && opcode != POP_JUMP_IF_NONE && opcode != POP_JUMP_IF_NOT_NONE;
}

static void
write_instructions(PyCodeObject *code, const _Py_CODEUNIT *copy, Text *text)
{
    unsigned extended = 0;
    for (int at = 0; at < (int)Py_SIZE(code); ) {
        int opcode = _Py_GetBaseCodeUnit(code, at).op.code;
        unsigned argument = extended << 8 | copy[at].op.arg;
        int line = PyCode_Addr2Line(code, at * (int)sizeof(_Py_CODEUNIT));
        text_print(text, "%s{\"offset\":%d,\"name\":\"%s\",\"form\":\"%s\",\"argument\":%u", at ? "," : "", at,
                   _PyOpcode_OpName[opcode], _PyOpcode_OpName[copy[at].op.code], argument);
        text_print(text, line > 0 ? ",\"line\":%d" : ",\"line\":null", line);
        if (has_counter(opcode)) {
            unsigned counter = copy[at + 1].counter.value_and_backoff;
            text_print(text, ",\"counter\":{\"value\":%u,\"backoff\":%u}}", counter >> BACKOFF_BITS,
                       counter & ((1u << BACKOFF_BITS) - 1));
        }
        else {
            text_print(text, ",\"counter\":null}");
        }
        extended = opcode == EXTENDED_ARG ? argument : 0;
        at += 1 + _PyOpcode_Caches[opcode];
    }
}

void
write_copy(PyCodeObject *code, const PyThreadState *thread, Text *text)
{
    const _Py_CODEUNIT *copy = thread ? copy_with(code, private_of((PyThreadState *)thread)->tlbc_index) : NULL;
    text_print(text, "{\"of\":\"copy\",\"copy\":");
    if (copy) {
        write_copy_token(code, copy, text);
        text_print(text, ",\"main\":%s", copy == _PyCode_CODE(code) ? "true" : "false");
    }
    else {
        text_print(text, "null,\"main\":false");
    }
    text_print(text, ",\"instructions\":[");
    if (copy) {
        write_instructions(code, copy, text);
    }
    text_print(text, "]}");
}

/*
 * A frame says in which copy it stands. If no copy is there any more, the copy was freed beneath it, and of where it
 * stands only that is known.
 */
void
write_frame(PyObject *generator, Text *text)
{
    PyGenObject *gen = (PyGenObject *)generator;
    _PyInterpreterFrame *frame = (_PyInterpreterFrame *)&gen->gi_iframe;
    text_print(text, "{\"of\":\"frame\",\"copy\":");
    if (FRAME_STATE_FINISHED(gen->gi_frame_state)) {
        text_print(text, "null,\"index\":null,\"line\":null,\"offset\":null}");
        return;
    }
    PyCodeObject *code = _PyFrame_GetCode(frame);
    const _Py_CODEUNIT *copy = copy_with(code, frame->tlbc_index);
    Py_ssize_t offset = copy ? frame->instr_ptr - copy : -1;
    if (offset < 0 || offset >= Py_SIZE(code)) {
        text_print(text, "\"freed memory\",\"index\":%d,\"line\":null,\"offset\":null}", frame->tlbc_index);
        return;
    }
    int line = PyCode_Addr2Line(code, (int)offset * (int)sizeof(_Py_CODEUNIT));
    write_copy_token(code, copy, text);
    text_print(text, ",\"index\":%d", frame->tlbc_index);
    text_print(text, line > 0 ? ",\"line\":%d" : ",\"line\":null", line);
    text_print(text, ",\"offset\":%td}", offset);
}

_Py_CODEUNIT *__real__PyCode_GetTLBC(PyCodeObject *code);
_Py_CODEUNIT *__wrap__PyCode_GetTLBC(PyCodeObject *code);

/* Called when a thread finds no copy of its own. Whether it is this call that makes one is seen by looking. */
_Py_CODEUNIT *
__wrap__PyCode_GetTLBC(PyCodeObject *code)
{
    const Actor *actor = me && !running_free ? me->occupant : NULL;
    const _PyCodeArray *array = array_of(code);
    Py_ssize_t index = private_of(PyThreadState_Get())->tlbc_index;
    bool had = copy_with(code, index) != NULL;
    _Py_CODEUNIT *copy = __real__PyCode_GetTLBC(code);
    quiet++;
    const char *name = actor ? PyUnicode_AsUTF8(code->co_qualname) : NULL;
    quiet--;
    if (actor && array_of(code) != array) {
        emit(actor, "copies-grown", "function", name, NULL);
    }
    if (actor && copy && !had) {
        emit(actor, "copied", "function", name, NULL);
    }
    return copy;
}

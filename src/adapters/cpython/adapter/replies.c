#include "replies.h"

#include <string.h>

void
begin_reply(Text *reply, const Json *id)
{
    text_print(reply, "{\"jsonrpc\":\"2.0\",\"id\":");
    text_quote(reply, id && id->kind == JSON_STRING ? id->text : NULL);
    text_print(reply, ",");
}

static int
number_of(const char *code)
{
    static const struct {
        const char *code;
        int number;
    } numbers[] = {{"bad-message", -32600},  {"unsupported", -32001},   {"misuse", -32002},    {"busy", -32003},
                   {"unknown-name", -32004}, {"out-of-memory", -32005}, {"corrupted", -32006}, {"died", -32007},
                   {"refused-to-start", -32008}};
    for (size_t index = 0; index < sizeof(numbers) / sizeof(numbers[0]); index++) {
        if (strcmp(numbers[index].code, code) == 0) {
            return numbers[index].number;
        }
    }
    return -32600;
}

void
write_refusal(Text *reply, const Json *id, const char *code, const char *message, const char *events)
{
    begin_reply(reply, id);
    text_print(reply, "\"error\":{\"code\":%d,\"message\":", number_of(code));
    text_quote(reply, message);
    text_print(reply, ",\"data\":{\"code\":\"%s\"%s%s}}}", code, events ? ",\"events\":" : "", events ? events : "");
}

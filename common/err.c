#include "common/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct err_kind kinds[] = {
#define X(name, code, word, exit_status, text) {code, #word, exit_status, text},
	PDH_ERR_MAP(X)
#undef X
};

int err_set(struct err *e, int code, const char *field, const char *fmt, ...)
{
	va_list ap;

	e->code = code;
	e->hint[0] = '\0';
	snprintf(e->field, sizeof(e->field), "%s", field ? field : "");
	va_start(ap, fmt);
	vsnprintf(e->message, sizeof(e->message), fmt, ap);
	va_end(ap);
	return code;
}

int err_hint(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->hint, sizeof(e->hint), fmt, ap);
	va_end(ap);
	return e->code;
}

const struct err_kind *err_kind(int code)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].code == abs(code))
			return &kinds[i];
	return &kinds[0];
}

const struct err_kind *err_kinds(size_t *ret_n)
{
	*ret_n = sizeof(kinds) / sizeof(kinds[0]);
	return kinds;
}

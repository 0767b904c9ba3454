/* The daemon's methods: one function of the domain for each METHOD of the table that is not LOCAL, such as
 *
 *   int method_activity_add(struct work *w, const struct activity_add_params *p,
 *                           struct logged *ret, struct err *e);
 *
 * The dispatcher sets every field of `ret` to none before the call. The method fills it; whatever `ret` points to lives in
 * w->arena. It returns 0, or a negative error after which the dispatcher rolls the transaction back. A method that is
 * declared and not written does not link, and one that fills another record does not compile. */
#pragma once

#include "daemon/work.h"

#define METHOD_PROTOTYPE(id, record)                                                     \
	int method_##id(struct work *w, const struct id##_params *p, struct record *ret, \
			struct err *e);
#define METHOD_READ(id, record)	   METHOD_PROTOTYPE(id, record)
#define METHOD_WRITE(id, record)   METHOD_PROTOTYPE(id, record)
#define METHOD_CONTROL(id, record) METHOD_PROTOTYPE(id, record)
#define METHOD_LOCAL(id, record)
#define METHOD(id, wire, verb, level, access, record, doc) METHOD_##access(id, record)
#include "common/methods.def"
#undef METHOD_PROTOTYPE
#undef METHOD_READ
#undef METHOD_WRITE
#undef METHOD_CONTROL
#undef METHOD_LOCAL

/* What pdh query can select from, as a table: views.def. */
#pragma once

#include <stddef.h>

enum view_id {
#define VIEW(name, doc) VIEW_##name,
#include "common/views.def"
	VIEW_COUNT
};

struct view_column {
	const char *name, *type, *doc;
};

struct view {
	const char *name, *doc;
	const struct view_column *columns;
	size_t n;
};

extern const struct view views[VIEW_COUNT];

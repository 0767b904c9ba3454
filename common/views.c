#include "common/views.h"

#define VIEW(name, doc)		      static const struct view_column name##_columns[] = {
#define COLUMN(view, name, type, doc) {#name, #type, doc},
#define END_VIEW(name) \
	}              \
	;
#include "common/views.def"

const struct view views[VIEW_COUNT] = {
#define VIEW(name, doc) \
	{#name, doc, name##_columns, sizeof(name##_columns) / sizeof(name##_columns[0])},
#include "common/views.def"
};

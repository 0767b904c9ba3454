#include "daemon/transfer/parts.h"

#include <string.h>

#define VALUE(part, name, kind, need) \
	{#name, KIND_##kind, VALUE_##need, false, 0, PART_GONE_NONE},
#define PLACE(part, name, of, need, gone) \
	{#name, KIND_ID, VALUE_##need, false, PART_##of, PART_GONE_##gone},
#define LIST(part, name, kind)	 {#name, KIND_##kind, true, true, 0, PART_GONE_NONE},
#define VALUE_ALWAYS		 true
#define VALUE_MAYBE		 false
#define PART(id, filter, tables) static const struct part_value id##_values[] = {
#define END_PART(id) \
	}            \
	;
#include "daemon/transfer/parts.def"

const struct part transfer_parts[PART_COUNT] = {
#define PART(id, filter, tables)                                             \
	{                                                                    \
		#id,	       PART_FILTER_##filter,                         \
		Q_export_##id, Q_load_##id,                                  \
		id##_values,   sizeof(id##_values) / sizeof(id##_values[0]), \
		tables},
#include "daemon/transfer/parts.def"
};

static const struct part_exception exceptions[] = {
#define EXCEPT(table, why) {table, why},
#include "daemon/transfer/parts.def"
};

const struct part *part_find(const char *name, size_t n)
{
	for (size_t i = 0; i < PART_COUNT; i++)
		if (strlen(transfer_parts[i].name) == n &&
		    memcmp(transfer_parts[i].name, name, n) == 0)
			return &transfer_parts[i];
	return NULL;
}

const struct part_value *part_value_find(const struct part *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->values[i].name, name) == 0)
			return &p->values[i];
	return NULL;
}

const struct part_exception *part_exceptions(size_t *ret_n)
{
	*ret_n = sizeof(exceptions) / sizeof(exceptions[0]);
	return exceptions;
}

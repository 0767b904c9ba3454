/* Parameters and options as help, manual and completion write them: "CREDIT", "TITLE...", "--date, -d DATE". */
#pragma once

#include "client/cli/options.h"

const char *label_of_param(const struct field *f, struct arena *a);
const char *label_of_option(enum option_id id, struct arena *a);

/* What stands for a flag's value: "DATE"; "" where it takes none. */
const char *label_of_value(const struct field *f, struct arena *a);

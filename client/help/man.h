/* Documents made from the tables, so that they cannot grow stale. */
#pragma once

#include <stdio.h>

/* `pdh help --man`: pdh(1), in mdoc. */
void man_print(FILE *out);

/* `pdh help --markdown`: every method of the wire with its parameters, every record, kind and error. */
void man_print_markdown(FILE *out);

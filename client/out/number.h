/* JSON numbers by the digits that were typed. A JSON library keeps a fraction as the nearest double, which is another
 * number; so fractions are made texts before it sees them. */
#pragma once

#include "common/buf.h"

/* Appends the JSON with every number that is not a short whole one as a text of plain digits: 2.50 is "2.5", 1e2 is
 * "100". What is wrong stays wrong, so that the library finds it. A byte that is in no number must follow the JSON. */
void number_quote(const char *json, size_t n, struct buf *out);

/* What SQLite says about a statement, in plain sentences. */
#pragma once

#include "common/err.h"

/* Fills `e` for a statement that could not be prepared, by SQLite's message. */
int ask_words(const char *said, struct err *e);

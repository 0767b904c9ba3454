/* The named formats of pdh status --format: what a status bar wants to read.
 *
 *   @waybar    one JSON object: text, tooltip, class (ok, behind, lapsed or none), alt
 *   @i3blocks  three lines: everything, the prompt's characters, the color
 *   @tmux      everything on one line, in tmux's colors
 *   @starship  the prompt's characters alone
 *
 * Where nothing is set up they print nothing, but for waybar's empty object. */
#pragma once

#include "client/show/words.h"

struct bar_format;

/* The format of this name, which begins with @; NULL and -PDH_USAGE with the list. */
const struct bar_format *bars_find(const char *name, struct err *e);

void bars_print(const struct bar_format *f, const struct show *v, const struct status *r);
